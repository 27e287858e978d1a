import Foundation
import TestSupport
import Testing

/// A user of this machine besides the one who runs the tests: a number is all that it takes. Made by root, with a home
/// and copies of the programs in the scratch folder of a test.
struct OtherUser {
  let id: uid_t
  /// Besides one that is his own, of the same number.
  let groups: [gid_t]
  private let runbook: RunbookBinary

  static let first: uid_t = 4_100_001
  static let second: uid_t = 4_100_002

  init(_ id: uid_t, groups: [gid_t] = [], _ runbook: RunbookBinary) throws {
    self.id = id
    self.groups = groups
    self.runbook = runbook
    let products = URL(fileURLWithPath: runbook.program).deletingLastPathComponent()
    for name in ["runbook", "runbook-step"] where !runbook.exists("../bin/\(name)") {
      let copy = spawn([
        "/usr/bin/env", "install", "-D", "-m", "755", products.appendingPathComponent(name).path,
        runbook.scratch.appendingPathComponent("bin/\(name)").path,
      ])
      var status: Int32 = -1
      try #require(waitpid(copy, &status, 0) == copy && status == 0)
    }
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try #require(chown(home, id, id) == 0)
  }

  private var home: String { runbook.scratch.appendingPathComponent("home-\(id)").path }

  /// Runs the program as this user.
  func run(
    _ arguments: String..., environment added: [String: String] = [:]
  ) async throws -> RunbookBinary.Result {
    var environment = runbook.environment
    environment["HOME"] = home
    environment["XDG_STATE_HOME"] = nil
    let numbers = groups.map(String.init).joined(separator: ",")
    return try await StartedProgram.run(
      [
        "setpriv", "--reuid=\(id)", "--regid=\(id)",
        groups.isEmpty ? "--clear-groups" : "--groups=\(numbers)", "--inh-caps=-all",
        runbook.scratch.appendingPathComponent("bin/runbook").path,
      ] + arguments, environment: environment.merging(added) { $1 }, folder: runbook.folder.path)
  }
}

extension RunbookBinary {
  /// Gives what stands there to somebody, and says what may be done with it. As root.
  func give(
    _ name: String, to user: uid_t? = nil, group: gid_t? = nil, mode: mode_t? = nil
  ) throws {
    let path = folder.appendingPathComponent(name).path
    if user != nil || group != nil {
      try #require(lchown(path, user ?? uid_t.max, group ?? gid_t.max) == 0)
    }
    if let mode { try #require(chmod(path, mode) == 0) }
  }

  func status(of name: String) throws -> stat {
    var status = stat()
    try #require(lstat(folder.appendingPathComponent(name).path, &status) == 0)
    return status
  }
}
