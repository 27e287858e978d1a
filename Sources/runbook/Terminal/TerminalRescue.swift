import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Settings of the terminal that outlive this process. Nothing is called when SIGKILL ends it; so what the terminal was
/// like stands in a file while that is changed, and the next command in this terminal puts it back.
enum TerminalRescue {
  /// A file is that long: the process and the two settings.
  private static let limit = 4096

  /// The process that changed a terminal, what it found there, and what it set.
  private struct Record {
    let process: StepProcess
    let original: termios
    let raw: termios
  }

  /// Puts back what a command left behind that was killed in this terminal. Settings that somebody has changed since are
  /// left; the cursor and the wrapping of lines can't be asked for, so those are set in any case.
  static func putBack(environment: [String: String]) {
    guard let descriptor = terminal, TerminalGuard.isForeground(descriptor),
      let path = file(environment),
      let record = read(path), !record.process.isAlive
    else { return }
    var now = termios()
    if tcgetattr(descriptor, &now) == 0, isSame(now, record.raw) {
      var original = record.original
      _ = tcsetattr(descriptor, TCSANOW, &original)
    }
    if let screen = [Int32(1), 2].first(where: { isatty($0) == 1 }) {
      TerminalGuard.restoreScreen(screen)
    }
    unlink(path)
  }

  /// Keeps what `putBack` needs, and says where; nil where it can't be kept, which changes nothing else.
  static func keep(
    original: termios, raw: termios, environment: [String: String]
  ) -> String? {
    guard let path = file(environment), let process = StepProcess.ofThisProcess
    else { return nil }
    let folder = path.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 }
    // The state folder itself is made by what needs it.
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { return nil }
    let head = "\(process.pid) \(process.startTime) \(process.bootID)\n"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let text = Array(head.utf8) + bytes(of: original) + bytes(of: raw)
    guard write(file, text, text.count) == text.count else {
      unlink(path)
      return nil
    }
    return path
  }

  /// One that has the terminal's own name: what was opened as `/dev/tty` is called that on each.
  private static var terminal: Int32? { (Int32(0)...2).first { isatty($0) == 1 } }

  /// `…/terminals/dev-pts-3`
  private static func file(_ environment: [String: String]) -> String? {
    var name = [CChar](repeating: 0, count: 256)
    guard let terminal, ttyname_r(terminal, &name, name.count) == 0,
      let folder = StateFolder.terminals(environment: environment)
    else { return nil }
    let text = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return folder + "/" + text.split(separator: "/").joined(separator: "-")
  }

  private static func read(_ path: String) -> Record? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = pread(file, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let parts = bytes[..<count].split(separator: 10, maxSplits: 1)
    let size = MemoryLayout<termios>.size
    guard parts.count == 2, parts[1].count == 2 * size else { return nil }
    let words = String(decoding: parts[0], as: UTF8.self).split(separator: " ")
    guard words.count >= 2, let pid = Int32(words[0]), let start = UInt64(words[1]) else {
      return nil
    }
    let process = StepProcess(
      pid: pid, startTime: start, bootID: words.count > 2 ? String(words[2]) : "")
    return Record(
      process: process, original: settings(Array(parts[1].prefix(size))),
      raw: settings(Array(parts[1].suffix(size))))
  }

  /// By their fields: between those stand bytes that nobody sets.
  private static func isSame(_ left: termios, _ right: termios) -> Bool {
    left.c_iflag == right.c_iflag && left.c_oflag == right.c_oflag
      && left.c_cflag == right.c_cflag && left.c_lflag == right.c_lflag
      && withUnsafeBytes(of: left.c_cc) { first in
        withUnsafeBytes(of: right.c_cc) { first.elementsEqual($0) }
      }
  }

  private static func bytes(of settings: termios) -> [UInt8] {
    withUnsafeBytes(of: settings) { Array($0) }
  }

  private static func settings(_ bytes: [UInt8]) -> termios {
    var result = termios()
    withUnsafeMutableBytes(of: &result) { $0.copyBytes(from: bytes) }
    return result
  }
}
