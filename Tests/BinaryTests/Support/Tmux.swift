import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A real terminal emulator with a shell in it, whose screen can be read: tmux, with a server of its own.
final class Tmux {
  static let isThere = access("/usr/bin/tmux", X_OK) == 0

  private let socket: String
  private let output: String

  /// - Parameter environment: the shell's, on top of the runner's own.
  init(
    _ runbook: RunbookBinary, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) async throws {
    socket = "/tmp/rb-\(UUID().uuidString.prefix(8))"
    output = runbook.scratch.appendingPathComponent("tmux-\(UUID().uuidString.prefix(8))").path
    let variables = runbook.environment.merging(["PS1": "$ "]) { $1 }.merging(environment) { $1 }
    let shell =
      ["env", "-i", "TERM=screen-256color"]
      + variables.sorted { $0.key < $1.key }.map { Self.quoted("\($0.key)=\($0.value)") }
      + ["bash", "--norc", "--noprofile"]
    try call(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c",
      runbook.folder.path, shell.joined(separator: " "))
    type("runbook() { \(Self.quoted(runbook.program)) \"$@\"; }; clear\n")
    try await wait { $0 == "$" }
  }

  deinit {
    close()
    unlink(socket)
  }

  /// The terminal goes away, with what is in it.
  func close() { try? call("kill-server") }

  func type(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if !line.isEmpty { try? call("send-keys", "-l", String(line)) }
      if index < lines.count - 1 { try? call("send-keys", "Enter") }
    }
  }

  func press(_ key: String) { try? call("send-keys", key) }

  func resize(columns: Int, rows: Int) {
    try? call("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// What is to be seen, without blank lines at the end.
  var screen: String {
    try? call("capture-pane", "-p")
    let data = (try? Data(contentsOf: URL(fileURLWithPath: output))) ?? Data()
    var lines = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Waits until the screen holds the text, and gives the screen.
  @discardableResult
  func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws
    -> String
  {
    try await wait(sourceLocation: sourceLocation) { $0.contains(text) }
  }

  @discardableResult
  func wait(
    within seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation,
    until holds: (String) -> Bool
  ) async throws -> String {
    var seen = ""
    let isThere = try await eventually(within: seconds) {
      seen = screen
      return holds(seen)
    }
    try #require(isThere, "the screen shows:\n\(seen)", sourceLocation: sourceLocation)
    return seen
  }

  private func call(_ words: String...) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // Nothing that stays may hold what the tests print to.
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // The threads of the tests block most signals, and a server that inherits that can't be told to end.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let arguments = (["tmux", "-u", "-S", socket] + words).map { strdup($0) }
    defer { for pointer in arguments { free(pointer) } }
    var pid: Int32 = -1
    let code = posix_spawnp(&pid, "tmux", &actions, &attributes, arguments + [nil], environ)
    try #require(code == 0)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
