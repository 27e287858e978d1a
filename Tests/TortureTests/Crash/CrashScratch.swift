import Foundation
import TestSupport
import Testing

@testable import Runbook

/// A vault, an application's folder and a state folder, and the real `runbook` in it under strace.
final class CrashScratch: Sendable {
  let path: String
  private let program: String
  private let runtime: String

  init() throws {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    program = products.appendingPathComponent("runbook").path
    try #require(FileManager.default.isExecutableFile(atPath: program))
    var template = Array("/tmp/runbook-crash-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
    runtime = path + "/calls"
    for name in ["vault/.obsidian", "app", "home", "state"] {
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// strace follows only the first thread of `runbook`, and none of what it starts.
  static let hasStrace = ["/usr/bin/strace", "/usr/local/bin/strace"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  var note: String { path + "/vault/note.md" }
  var environment: [String: String] {
    [
      "HOME": path + "/home", "XDG_STATE_HOME": path + "/state",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "LANG": "C.UTF-8", "TZ": "UTC0",
    ]
  }

  struct Result {
    /// A signal's number plus 128.
    let status: Int
    let output: String
  }

  func run(_ arguments: [String]) async throws -> Result {
    try await start([program] + arguments)
  }

  /// Starts it, for a test that looks on.
  func begin(_ arguments: [String]) throws -> StartedProgram {
    try StartedProgram([program] + arguments, environment: environment, folder: path + "/vault")
  }

  /// Writes down the calls of those names.
  func traced(
    _ arguments: [String], calls: [String] = SystemCalls.changing, options: [String] = []
  ) async throws -> (Result, SystemCalls) {
    let result = try await start(
      ["strace", "-qq", "-y", "-s", "400", "-e", "signal=none", "-o", runtime, "-e"]
        + ["trace=" + calls.map { "?\($0)" }.joined(separator: ",")] + options
        + [program] + arguments)
    return (result, SystemCalls(try text(runtime)))
  }

  /// Kills the runner that carries the latest run by signal 9. False where the run ended before.
  func killDetachedRunner(after delay: Duration) async throws -> Bool {
    let end = SuspendingClock.now + .seconds(Patience.seconds)
    var first = true
    while SuspendingClock.now < end {
      let run = try latest
      if run?.state.isRecorded == true { return false }
      guard let runner = run?.state.runner else {
        try await Task.sleep(for: .milliseconds(2))
        continue
      }
      if first { try await Task.sleep(for: delay) }
      first = false
      // It ended between the two looks.
      if kill(runner.pid, SIGKILL) != 0 { continue }
      while kill(runner.pid, 0) == 0, !Self.isZombie(runner.pid) {
        try await Task.sleep(for: .milliseconds(1))
      }
      return try latest?.state.isRecorded == false
    }
    return false
  }

  private static func isZombie(_ pid: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    return status.contains("State:\tZ")
  }

  /// Kills every supervisor of a step of this scratch folder by signal 9.
  func killSupervisors() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      // A file of `/proc` says that it is empty.
      guard let pid = Int32(name),
        let words = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline"))
      else { continue }
      let line = String(decoding: words, as: UTF8.self)
      if line.contains("runbook-step\0"), line.contains(path) { _ = kill(pid, SIGKILL) }
    }
  }

  /// The calls that bring a running step's end to the disk, until it is there.
  func traced(supervisor pid: Int32) async throws -> SystemCalls {
    _ = try await start([
      "strace", "-qq", "-y", "-s", "400", "-e", "signal=none", "-o", runtime, "-e",
      "trace=fdatasync,fsync,pwrite64", "-p", "\(pid)",
    ])
    return SystemCalls(try text(runtime))
  }

  /// Kills `runbook` by signal 9 before the call takes place.
  func killed(_ arguments: [String], at moment: SystemCalls.Moment) async throws -> Result {
    try await start(
      [
        "strace", "-qq", "-o", "/dev/null", "-e", "trace=\(moment.name)", "-e",
        "inject=\(moment.name):signal=KILL:when=\(moment.number)", program,
      ] + arguments)
  }

  /// Lets the call fail with an error such as `ENOSPC`.
  func failed(
    _ arguments: [String], at moment: SystemCalls.Moment, with error: String
  ) async throws -> Result {
    try await start(
      [
        "strace", "-qq", "-o", "/dev/null", "-e", "trace=\(moment.name)", "-e",
        "inject=\(moment.name):error=\(error):when=\(moment.number)", program,
      ] + arguments)
  }

  private func start(_ words: [String]) async throws -> Result {
    let result = try await StartedProgram.run(
      words, environment: environment, folder: path + "/vault")
    return Result(status: result.status, output: result.stdout + result.stderr)
  }

  // MARK: Files

  func put(_ text: String) throws { try put(Array(text.utf8)) }

  /// As an editor saves: beside it and renamed, so that nobody is seen to hold the note open.
  func put(_ bytes: [UInt8]) throws {
    let draft = path + "/draft"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    try #require(file >= 0)
    defer { close(file) }
    try #require(write(file, bytes, bytes.count) == bytes.count)
    try #require(rename(draft, note) == 0)
  }

  func bytes(_ path: String) throws -> [UInt8] { try WholeFile.read(path) }
  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  var trace: [String] {
    ((try? text(path + "/app/trace")) ?? "").split(separator: "\n").map(String.init)
  }

  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  /// The latest run; nil where none has begun.
  var latest: StoredRun? {
    get throws {
      let archive = RunArchive(try StateFolder(environment: environment))
      return archive.candidates(for: .logs, in: .everywhere, atMost: 1, isCarried: { _ in false })
        .first.flatMap { try? archive.find($0.id.text) }
    }
  }

  /// Undoes the run that there is, or goes on with undoing it.
  var rollback: [String] {
    get throws { ["rollback", try latest?.header.made.text ?? "", "--yes"] }
  }
}
