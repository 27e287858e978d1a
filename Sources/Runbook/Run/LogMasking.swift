import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Replaces the raw logs of a run that hold secrets by masked ones, once the run has ended.
public enum LogMasking {
  /// - Returns: what went wrong, in words.
  public static func apply(
    _ mask: SecretMask, to state: RunState, in folder: RunFolder
  ) -> [String] {
    guard !mask.isEmpty else { return [] }
    var problems: [String] = []
    for attempt in state.blocks.values.flatMap(\.attempts) where !attempt.folder.isEmpty {
      let files = folder.step(attempt.folder)
      for path in [files.log, files.output] where (WholeFile.size(path) ?? 0) > 0 {
        do {
          if try holdsSecret(path, mask) { try replace(path, mask) }
        } catch {
          problems.append("a log that may hold a secret could not be masked: \(error)")
        }
      }
    }
    return problems
  }

  private static func holdsSecret(_ path: String, _ mask: SecretMask) throws(SystemError) -> Bool {
    var stream = SecretMaskStream(mask)
    var offset: Int64 = 0
    while !stream.isChanged {
      let piece = try WholeFile.read(path, from: offset, limit: 1 << 20)
      if piece.isEmpty { break }
      offset += Int64(piece.count)
      _ = stream.feed(piece)
    }
    _ = stream.finish()
    return stream.isChanged
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
