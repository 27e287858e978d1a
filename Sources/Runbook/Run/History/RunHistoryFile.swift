import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The ends of all runs of this machine, the latest last: `history.jsonl` in the state folder. It only grows, a line each
/// time that a run ends, and is kept when runs are forgotten.
public struct RunHistoryFile {
  public let path: String

  public init(_ state: StateFolder) { self.init(beside: state.runs) }

  /// - Parameter runs: the folder of all runs.
  init(beside runs: String) { path = FilePath.join(FilePath.folder(of: runs), "history.jsonl") }

  /// As they stand in the file, without their line ends; not the last one where a crash tore it.
  public func text() -> [ArraySlice<UInt8>] {
    let bytes = (try? WholeFile.read(path)) ?? []
    return bytes.prefix(Self.wholeLength(bytes)).split(separator: UInt8(ascii: "\n"))
  }

  public func lines() -> [HistoryLine] {
    text().compactMap { JSONText.decode(HistoryLine.self, Array($0)) }
  }

  /// Adds the end of a run; on disk when this returns.
  public func add(_ line: HistoryLine) throws {
    let known = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    let descriptor = known >= 0 ? known : platform_create_or_open(path, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    defer { close(descriptor) }
    let code = platform_lock(descriptor)
    guard code == 0 else { throw SystemError("flock", path: path, code: code) }
    let end = off_t(try wholeLength)
    // What a crash tore is no line, and never will be.
    guard ftruncate(descriptor, end) == 0 else { throw SystemError("ftruncate", path: path) }
    let text = Array((try JSONText.encode(line, isPretty: false) + "\n").utf8)
    guard pwrite(descriptor, text, text.count, end) == text.count else {
      let error = SystemError("write", path: path)
      ftruncate(descriptor, end)
      throw error
    }
    guard platform_sync_data(descriptor) == 0 else { throw SystemError("fdatasync", path: path) }
    if known < 0 { try WholeFile.syncFolder(FilePath.folder(of: path)) }
  }

  /// Of whole lines, in bytes.
  private var wholeLength: Int {
    get throws(SystemError) {
      let last = try WholeFile.read(path, from: -1)
      if last.first == UInt8(ascii: "\n") { return Int(WholeFile.size(path) ?? 0) }
      return Self.wholeLength(try WholeFile.read(path))
    }
  }

  private static func wholeLength(_ bytes: [UInt8]) -> Int {
    bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }
}

extension RunFolder {
  /// Takes the end of this run into the history. The caller carries the run, or nobody does.
  public func enterHistory(_ state: RunState, _ plan: Masked<Plan>) throws {
    let line = HistoryLine(state, plan, journal: WholeFile.size(journal) ?? 0)
    if let line { try RunHistoryFile(beside: FilePath.folder(of: path)).add(line) }
  }
}
