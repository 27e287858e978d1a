import Foundation
import TestSupport
import Testing

/// Runs tests of this bundle again as a user without rights, from copies that he can read.
final class OrdinaryUser {
  private let path: String
  private let bundle: String

  init() throws {
    var template = Array("/tmp/runbook-user-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
    let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    bundle = "\(path)/\(own.lastPathComponent)"
    let sources = [own.lastPathComponent, "runbook", "runbook-step"].map {
      own.deletingLastPathComponent().appendingPathComponent($0).path
    }
    // Not by ourselves: what another test starts meanwhile would hold the copies open for writing.
    let install = spawn(["/usr/bin/env", "install", "-m", "755"] + sources + [path])
    var status: Int32 = -1
    try #require(waitpid(install, &status, 0) == install && status == 0)
    try FileManager.default.createDirectory(
      atPath: path + "/home", withIntermediateDirectories: true)
    let user = try #require(getpwnam(Self.name)).pointee
    try #require(chown(path + "/home", user.pw_uid, user.pw_gid) == 0)
    try #require(chmod(path, 0o755) == 0)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A real user, whom every Linux has.
  private static let name = "nobody"

  private static let asHim = [
    "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--inh-caps=-all",
  ]

  func run(_ filter: String, within seconds: Double) async throws -> StartedProgram.Result {
    var environment = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("RUNBOOK_") }
    environment["RUNBOOK_SEED"] = "\(StopDraw.seed)"
    environment["HOME"] = path + "/home"
    environment["LANG"] = "C.UTF-8"
    environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    defer { withExtendedLifetime(self) {} }
    return try await StartedProgram.run(
      ["setpriv"] + Self.asHim + [
        bundle, "--testing-library", "swift-testing", "--filter", filter,
      ],
      environment: environment, folder: path + "/home", within: seconds)
  }
}
