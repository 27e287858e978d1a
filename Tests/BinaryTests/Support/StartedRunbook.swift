import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A `runbook` that runs while the test looks on and sends it signals. Its output goes to files.
final class StartedRunbook {
  let pid: Int32
  private let output: String
  private let complaints: String
  private var status: Int32?

  fileprivate init(pid: Int32, output: String, complaints: String) {
    self.pid = pid
    self.output = output
    self.complaints = complaints
  }

  deinit { if status == nil { _ = Glibc.kill(pid, SIGKILL) } }

  func signal(_ number: Int32) { _ = Glibc.kill(pid, number) }

  /// The exit status; the signal's number plus 128 where a signal ended it.
  func end(within seconds: Double = 20) async throws -> Int {
    var raw: Int32 = 0
    let hasEnded = try await eventually(within: seconds) { waitpid(pid, &raw, WNOHANG) == pid }
    try #require(hasEnded, "runbook has not ended; it said: \(stdout)")
    status = raw
    return raw & 0x7f == 0 ? Int(raw >> 8 & 0xff) : 128 + Int(raw & 0x7f)
  }

  var stdout: String { Self.text(output) }
  var stderr: String { Self.text(complaints) }

  private static func text(_ path: String) -> String {
    String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data(), as: UTF8.self)
  }
}

extension RunbookBinary {
  /// Starts a command, in a session of its own and without a terminal.
  func start(
    _ arguments: String..., environment added: [String: String] = [:]
  ) throws -> StartedRunbook {
    let name = scratch.appendingPathComponent("started-\(UUID().uuidString.prefix(8))").path
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, name + ".out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, name + ".err", O_WRONLY | O_CREAT, 0o600)
    // Both give their place to what they start, so the pid is that of runbook.
    let words =
      (["env", "--default-signal", "-C", folder.path, "setsid", program.string] + arguments).map {
        strdup($0)
      }
    let variables = environment.merging(added) { $1 }.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    var pid: Int32 = -1
    let code = posix_spawn(&pid, "/usr/bin/env", &actions, nil, words + [nil], variables + [nil])
    try #require(code == 0, "runbook can't be started")
    return StartedRunbook(pid: pid, output: name + ".out", complaints: name + ".err")
  }
}
