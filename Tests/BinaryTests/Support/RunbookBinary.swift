import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs the real `runbook`, the one built beside the test bundle, with a home and a state folder of its own.
///
///     let runbook = try RunbookBinary()
///     try runbook.write("note.md", "- [ ] Go\n")
///     let result = try await runbook.run("check", "note.md")
///     #expect(result.status == 0 && result.stderr == "")
final class RunbookBinary: Sendable {
  typealias Result = StartedProgram.Result

  /// The folder that commands run in, removed with the last reference. Notes are written here.
  let folder: URL
  let scratch: URL
  let program: String

  /// - Throws: where the binary is not beside the test bundle.
  init() throws {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let binary = products.appendingPathComponent("runbook").path
    try #require(
      FileManager.default.isExecutableFile(atPath: binary), "runbook is not in \(products.path)")
    program = binary
    let name = "runbook-test-\(UUID().uuidString.prefix(13))"
    scratch = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent(name)
    folder = scratch.appendingPathComponent("work")
    for folder in ["work", "home", "state"] {
      try FileManager.default.createDirectory(
        at: scratch.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
  }

  /// Nothing that a failing test started stays behind.
  deinit {
    for pid in LivingProcesses.pids(in: scratch.path) { _ = kill(pid, SIGKILL) }
    try? FileManager.default.removeItem(at: scratch)
  }

  /// Where `XDG_STATE_HOME` points.
  var stateFolder: URL { scratch.appendingPathComponent("state") }

  /// What a command gets, and nothing else but what a test adds.
  var environment: [String: String] {
    [
      "HOME": scratch.appendingPathComponent("home").path, "XDG_STATE_HOME": stateFolder.path,
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "LANG": "C.UTF-8", "TZ": "UTC0",
    ]
  }

  /// Runs a command to its end, without a terminal. Standard input holds `input` and then ends.
  ///
  /// - Parameters:
  ///   - added: environment variables over `environment`.
  ///   - cwd: relative to `folder`, or absolute.
  func run(
    _ arguments: [String], environment added: [String: String] = [:], cwd: String = "",
    input: String = ""
  ) async throws -> Result {
    try await StartedProgram.run(
      [program] + arguments, environment: environment.merging(added) { $1 },
      folder: cwd.hasPrefix("/") ? cwd : folder.appendingPathComponent(cwd).path,
      input: Array(input.utf8))
  }

  func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Result {
    try await run(arguments, environment: environment)
  }

  /// Undoes the run that began last, as somebody does who has no terminal: by its id, and with a yes.
  func rollback(
    _ options: String..., environment: [String: String] = [:]
  ) async throws -> Result {
    try await run(["rollback", latest, "--yes"] + options, environment: environment)
  }

  /// Starts a command, in a session of its own and without a terminal.
  func start(
    _ arguments: String..., environment added: [String: String] = [:]
  ) throws -> StartedProgram {
    try StartedProgram(
      [program] + arguments, environment: environment.merging(added) { $1 }, folder: folder.path)
  }

  /// Writes a file into `folder`, with the folders that its name needs.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Self.put(Array(text.utf8), file.path)
    return file
  }

  /// Foundation's own way leaves the descriptor to programs that another test starts meanwhile, and a note that
  /// somebody else holds open for writing is not a note that `runbook` may simply replace.
  static func put(_ bytes: [UInt8], _ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    try #require(descriptor >= 0, "\(path) can't be written")
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }
}
