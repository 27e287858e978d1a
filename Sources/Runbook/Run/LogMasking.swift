import CPlatform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Replaces what a run's tries have left on disk and holds secrets by masked copies, once the run has ended: logs, but
/// also where a block was to run, and why it could not.
public enum LogMasking {
  /// - Returns: what went wrong, in words.
  public static func apply(
    _ mask: SecretMask, to state: RunState, in folder: RunFolder
  ) -> [String] {
    guard !mask.isEmpty else { return [] }
    var problems: [String] = []
    for attempt in state.blocks.values.flatMap(\.attempts) where !attempt.folder.isEmpty {
      for path in files(of: attempt, in: folder) where (WholeFile.size(path) ?? 0) > 0 {
        do {
          if try mayHoldSecret(path, mask) { try replace(path, mask) }
        } catch {
          problems.append("a log that may hold a secret could not be masked: \(error)")
        }
      }
    }
    return problems
  }

  /// Of a try that has ended all but the block's own text, which the note says; else its log.
  private static func files(
    of attempt: BlockProgress.Attempt, in folder: RunFolder
  ) -> [String] {
    let files = folder.step(attempt.folder)
    guard attempt.result != nil, let stream = opendir(files.path) else {
      return [files.log, files.output]
    }
    defer { closedir(stream) }
    let paths = Vault.entries(of: stream).map { "\(files.path)/\($0.name)" }
    return paths.filter { $0 != files.script && isFile($0) }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Bytes that one thread looks through at a time.
  private static let piece = 1 << 20
  /// Read behind a piece, since a secret may begin at its end. One that is longer may be there, and that will do.
  private static let overlap = 64 << 10

  /// Whether to make a masked copy; where none is needed, as for nearly all logs, nothing is written.
  private static func mayHoldSecret(
    _ path: String, _ mask: SecretMask
  ) throws(SystemError) -> Bool {
    let size = Int(WholeFile.size(path) ?? 0)
    let isFound = Atomic(false)
    let problems = AllCores.map(Array(stride(from: 0, to: size, by: piece)), portion: 1) { start in
      guard !isFound.load(ordering: .relaxed) else { return SystemError?.none }
      do throws(SystemError) {
        let bytes = try WholeFile.read(path, from: Int64(start), limit: piece + overlap)
        let end = min(piece, bytes.count)
        if mask.mayBegin(in: bytes, before: end, isWhole: start + bytes.count >= size) {
          isFound.store(true, ordering: .relaxed)
        }
        return nil
      } catch {
        return error
      }
    }
    for case let problem? in problems { throw problem }
    return isFound.load(ordering: .relaxed)
  }

  /// Beside it and renamed: a crash leaves the raw log or the masked one, and never half of it.
  private static func replace(_ path: String, _ mask: SecretMask) throws(SystemError) {
    let draft = path + ".masked"
    unlink(draft)
    let file = try DurableFile(path: draft, length: 0)
    var stream = SecretMaskStream(mask)
    var offset: Int64 = 0
    while true {
      let piece = try WholeFile.read(path, from: offset, limit: 1 << 20)
      if piece.isEmpty { break }
      offset += Int64(piece.count)
      try file.append(stream.feed(piece))
    }
    try file.append(stream.finish())
    try file.sync()
    guard rename(draft, path) == 0 else { throw SystemError("rename", path: path) }
  }
}
