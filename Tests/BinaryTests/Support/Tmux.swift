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

  /// - Parameter environment: the shell's, on top of the runner's own.
  init(
    _ runbook: RunbookBinary, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) async throws {
    socket = "/tmp/rb-\(UUID().uuidString.prefix(8))"
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
  func close() { _ = try? call("kill-server") }

  func type(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if !line.isEmpty { _ = try? call("send-keys", "-l", "--", String(line)) }
      if index < lines.count - 1 { _ = try? call("send-keys", "Enter") }
    }
  }

  func press(_ key: String) { _ = try? call("send-keys", key) }

  func resize(columns: Int, rows: Int) {
    _ = try? call("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// What is to be seen, without blank lines at the end.
  var screen: String {
    var lines = ((try? call("capture-pane", "-p")) ?? "")
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
    sourceLocation: SourceLocation = #_sourceLocation, until holds: (String) -> Bool
  ) async throws -> String {
    var seen = ""
    let isThere = try await eventually {
      seen = screen
      return holds(seen)
    }
    try #require(isThere, "the screen shows:\n\(seen)", sourceLocation: sourceLocation)
    return seen
  }

  /// Waits until the screen is as the golden one: what is seen a moment earlier may be half of it. A golden that is to be
  /// written is the screen that stays as it is.
  ///
  /// - Parameter picture: the screen without what differs from run to run.
  func expect(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ picture: (String) throws -> String
  ) async throws {
    let wanted = Golden.wanted(name)
    var seen = ""
    var looks = 0
    _ = try await eventually {
      let now = try picture(screen)
      looks = now == seen ? looks + 1 : 0
      seen = now
      return wanted.map { $0 == now } ?? (looks == 20)
    }
    try Golden.expect(seen, is: name, sourceLocation: sourceLocation)
  }

  /// - Returns: what it prints.
  @discardableResult
  private func call(_ words: String...) throws -> String {
    let client = try StartedProgram(
      ["tmux", "-u", "-S", socket] + words, environment: ProcessInfo.processInfo.environment,
      folder: "/")
    _ = try client.endBlocking()
    return client.stdout
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
