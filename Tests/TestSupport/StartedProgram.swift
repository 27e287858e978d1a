import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program that runs while the test looks on and sends it signals: in a session of its own, without a terminal, with
/// default signals. Its output goes to files, so that nobody who outlives it keeps a test waiting for the end of a pipe.
public final class StartedProgram {
  public struct Result: Sendable {
    /// The exit status; the signal's number plus 128 where a signal ended it, as in a shell.
    public let status: Int
    public let stdout: String
    public let stderr: String
  }

  public let pid: Int32
  private let words: [String]
  private let output: Int32
  private let complaints: Int32
  private var status: Int32?

  /// - Parameters:
  ///   - words: the program, sought in `PATH` where it has no slash, and its arguments.
  ///   - environment: all of it.
  ///   - input: what its standard input holds; then it ends.
  ///   - terminal: the descriptor of a terminal that controls it, in place of input and output.
  /// - Throws: where it can't be started.
  public init(
    _ words: [String], environment: [String: String], folder: String, input: [UInt8] = [],
    terminal: Int32? = nil
  ) throws {
    self.words = words
    output = try Self.file()
    complaints = try Self.file()
    let source = try Self.file(holding: input)
    defer { close(source) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, terminal ?? source, 0)
    posix_spawn_file_actions_adddup2(&actions, terminal ?? output, 1)
    posix_spawn_file_actions_adddup2(&actions, terminal ?? complaints, 2)
    // They give their place to what they start, so the pid is the program's. The session keeps it from the terminal
    // that the tests were started from.
    let prefix =
      ["env", "--default-signal", "-C", folder, "/usr/bin/setsid"]
      + (terminal == nil ? [] : ["--ctty"])
    let arguments = (prefix + words).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in arguments + variables { free(pointer) } }
    // The threads of the tests block most signals.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var pid: Int32 = -1
    let code = posix_spawn(
      &pid, "/usr/bin/env", &actions, &attributes, arguments + [nil], variables + [nil])
    guard code == 0 else { throw TestSupportError("\(words) can't be started: error \(code)") }
    self.pid = pid
  }

  deinit {
    if status == nil {
      _ = kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    close(output)
    close(complaints)
  }

  /// Runs it to its end.
  public static func run(
    _ words: [String], environment: [String: String], folder: String, input: [UInt8] = [],
    within seconds: Double = Patience.forPrograms
  ) async throws -> Result {
    let program = try StartedProgram(
      words, environment: environment, folder: folder, input: input)
    let status = try await program.end(within: seconds)
    return Result(status: status, stdout: program.stdout, stderr: program.stderr)
  }

  /// It need not be waited for any more.
  public var hasEnded: Bool {
    var raw: Int32 = 0
    if status == nil, waitpid(pid, &raw, WNOHANG) == pid { status = raw }
    return status != nil
  }

  public func signal(_ number: Int32) { _ = kill(pid, number) }

  /// The exit status; the signal's number plus 128 where a signal ended it.
  ///
  /// - Throws: where it has not ended by then, with what it said and what ran at that moment. It is killed.
  public func end(within seconds: Double = Patience.forPrograms) async throws -> Int {
    var raw = status ?? 0
    if status == nil {
      let hasEnded = try await eventually(within: seconds) { waitpid(pid, &raw, WNOHANG) == pid }
      guard hasEnded else {
        let processes = ProcessTable.text
        throw TestSupportError(
          "\(words.joined(separator: " ")) has not ended after \(seconds) s; it said:\n"
            + "\(stdout)\(stderr)\nprocesses:\n\(processes)")
      }
      status = raw
    }
    return Self.code(raw)
  }

  /// The same, for where nothing can suspend: it holds its thread up to the end.
  public func endBlocking(within seconds: Double = Patience.seconds) throws -> Int {
    let end = SuspendingClock.now + .seconds(seconds)
    var raw: Int32 = 0
    while waitpid(pid, &raw, WNOHANG) != pid {
      guard SuspendingClock.now < end else {
        throw TestSupportError("\(words.joined(separator: " ")) has not ended after \(seconds) s")
      }
      usleep(500)
    }
    status = raw
    return Self.code(raw)
  }

  private static func code(_ raw: Int32) -> Int {
    raw & 0x7f == 0 ? Int(raw >> 8 & 0xff) : 128 + Int(raw & 0x7f)
  }

  public var stdout: String { Self.text(output) }
  public var stderr: String { Self.text(complaints) }

  // MARK: Files without a name

  private static func file(holding bytes: [UInt8] = []) throws -> Int32 {
    let name = "/tmp/runbook-test-output-\(UUID().uuidString)"
    let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw TestSupportError("no temporary file: error \(errno)") }
    unlink(name)
    guard bytes.isEmpty || pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      throw TestSupportError("a temporary file can't be written: error \(errno)")
    }
    return descriptor
  }

  private static func text(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
