import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The private folder of one attempt at a block: what goes in, and what its supervisor writes.
public struct StepFolder: Sendable, Equatable {
  /// Absolute. The mark of the attempt's processes is made of it, so it must be the same string for every runner.
  public let path: String

  public init(path: String) { self.path = path }

  /// The block's text.
  public var script: String { path + "/script" }
  /// Standard output and standard error, as the block wrote them.
  public var log: String { path + "/log" }
  /// Standard output alone, where the block captures it; the log has only standard error then.
  public var output: String { path + "/output" }
  /// Written once by the supervisor; see `StepStatus`.
  public var status: String { path + "/status" }
  /// The FIFO for commands to the supervisor.
  public var control: String { path + "/control" }

  /// Makes the folder (0700) with the script (0600) and the FIFO (0600) in it. Its parent must exist, itself must not:
  /// an attempt never takes over the files of another.
  public func create(script text: [UInt8]) throws(SystemError) {
    guard mkdir(path, 0o700) == 0 else { throw SystemError("mkdir", path: path, code: errno) }
    guard mkfifo(control, 0o600) == 0 else {
      throw SystemError("mkfifo", path: control, code: errno)
    }
    let file = platform_create(script, 0o600)
    guard file >= 0 else { throw SystemError("open", path: script, code: errno) }
    defer { close(file) }
    var rest = text[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else {
        throw SystemError("write", path: script, code: errno)
      }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
