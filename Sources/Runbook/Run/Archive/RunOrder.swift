import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The order in which runs began, whatever a clock or a zone said at that time.
///
/// Each run has a number: the milliseconds since 1970, as a clock would show them that never goes back. The file
/// `order` in the state folder has them, `NUMBER RUN` a line; a run's line is on disk before the run's folder is made,
/// and is kept when the run is forgotten. So no number comes twice, and a state folder that is made anew goes on above
/// the numbers of the one before.
struct RunOrder {
  private let runs: String
  private let numbers: [String: Int64]

  /// - Parameter runs: the folder of all runs.
  init(runs: String) {
    self.runs = runs
    let bytes = (try? WholeFile.read(Self.path(beside: runs))) ?? []
    numbers = Dictionary(Self.lines(bytes), uniquingKeysWith: { $1 })
  }

  /// All runs that have a folder, the latest last.
  var ids: [RunID] {
    Self.ids(in: runs).map { ($0, number(of: $0)) }
      .sorted { ($0.1, $0.0.text) < ($1.1, $1.0.text) }.map(\.0)
  }

  /// A run from before there were numbers has the moment at which it began.
  private func number(of id: RunID) -> Int64 {
    numbers[id.text] ?? RunFolder(path: "\(runs)/\(id.text)").beganAt ?? id.moment
  }

  static func path(beside runs: String) -> String {
    FilePath.join(FilePath.folder(of: runs), "order")
  }

  private static func ids(in runs: String) -> [RunID] {
    guard let stream = opendir(runs) else { return [] }
    defer { closedir(stream) }
    return Vault.entries(of: stream).compactMap { RunID($0.name) }
  }

  // MARK: The file

  /// Whole lines that can be read; what stands behind the last line's end was torn by a crash.
  private static func lines(_ bytes: [UInt8]) -> [(run: String, number: Int64)] {
    bytes.prefix(wholeLength(bytes)).split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count == 2, let number = Int64(String(decoding: words[0], as: UTF8.self)) else {
        return nil
      }
      return (String(decoding: words[1], as: UTF8.self), number)
    }
  }

  private static func wholeLength(_ bytes: [UInt8]) -> Int {
    bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  /// Gives a new run its id and its number. Both are on disk when this returns.
  ///
  /// The last four digits of the id, by which people name it, are no other run's that is remembered.
  static func begin(
    at time: WallTime, in state: StateFolder
  ) throws(SystemError) -> (id: RunID, number: Int64) {
    let path = path(beside: state.runs)
    let descriptor = try opened(path)
    defer { close(descriptor) }
    let code = platform_lock(descriptor)
    guard code == 0 else { throw SystemError("flock", path: path, code: code) }
    let bytes = try WholeFile.read(path)
    let known = ids(in: state.runs)
    // The first number is above all that ran before there were any.
    let last =
      lines(bytes).map(\.number).max()
      ?? known.compactMap { RunFolder(path: "\(state.runs)/\($0.text)").beganAt }.max() ?? 0
    let number = max(last + 1, time.milliseconds)
    let id = draw(at: time, besides: known)
    let length = off_t(wholeLength(bytes))
    ftruncate(descriptor, length)
    let line = Array("\(number) \(id.text)\n".utf8)
    guard pwrite(descriptor, line, line.count, length) == line.count else {
      throw SystemError("write", path: path)
    }
    guard platform_sync_data(descriptor) == 0 else { throw SystemError("fdatasync", path: path) }
    if bytes.isEmpty { try WholeFile.syncFolder(state.path) }
    return (id, number)
  }

  private static func opened(_ path: String) throws(SystemError) -> Int32 {
    let found = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    if found >= 0 { return found }
    let made = platform_create_or_open(path, 0o600)
    guard made >= 0 else { throw SystemError("open", path: path) }
    return made
  }

  private static func draw(at time: WallTime, besides known: [RunID]) -> RunID {
    let taken = Set(known.map(\.short))
    var id = RunID(at: time, random: .random(in: .min ... .max))
    // Where nearly all are taken, two runs share one, and people write more of the id.
    for _ in 0..<1000 where taken.contains(id.short) {
      id = RunID(at: time, random: .random(in: .min ... .max))
    }
    return id
  }
}

extension StateFolder {
  /// A new run's id, and its place in the order of runs, which nobody else gets.
  public func beginRun(at time: WallTime) throws(SystemError) -> (id: RunID, order: Int64) {
    let (id, number) = try RunOrder.begin(at: time, in: self)
    return (id, number)
  }
}
