import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The shipped Quick workflow, with a real sshd as the server: what `SERVER` is for.
@Suite(.paced, .enabled(if: DeployTools.areThere, "there is no sshd, node, npm, rsync or curl"))
struct HostDeployTests {
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func aDeployAndOneThatFails() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    for name in ["vault", "demo"] {
      try FileManager.default.copyItem(
        at: Self.project.appendingPathComponent(name),
        to: runbook.folder.appendingPathComponent(name))
    }
    try runbook.write(
      "vault/.runbook.yml", "ssh_config: \(runbook.folder.path)/ssh_config\n")
    let site = server.home.appendingPathComponent("site").path
    let port = Int.random(in: 33000...39000)
    func deploy(_ note: String) async throws -> RunbookBinary.Result {
      try await runbook.run(
        "exec", "vault/\(note).md", "--yes", "--set", "SERVER=prod", "--set", "DEPLOY_DIR=\(site)",
        "--set", "PORT=\(port)")
    }
    let first = try await deploy("Workflow-Quick")
    #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
    #expect(server.logins == 1)
    let revision = try Self.answer(port)
    #expect(try Self.releases(site).count == 1)

    let quick = try runbook.read("vault/Workflow-Quick.md")
    let check = "  health=$(ask /healthz)\n"
    #expect(quick.contains(check))
    try runbook.write(
      "vault/Workflow-Broken.md",
      quick.replacing(check, with: "  echo 'it is not well'; exit 9\n"))
    let second = try await deploy("Workflow-Broken")
    #expect(second.status == 3, "\(second.stdout)\(second.stderr)")
    #expect(try Self.answer(port) == revision)
    #expect(try Self.releases(site).count == 1)
    let note = try runbook.read("vault/Workflow-Broken.md")
    #expect(note.contains("Restart the service [result:: rolled back]"))
    #expect(note.contains("Upload dist/ [result:: rolled back]"))
    #expect(server.leftovers == [])
  }

  private static func answer(_ port: Int) throws -> String {
    let pipe = popen("curl -sS --noproxy '*' --max-time 5 http://127.0.0.1:\(port)/healthz", "r")
    let file = try #require(pipe)
    defer { pclose(file) }
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count - 1, file)
    let text = String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let found = try #require(text.firstMatch(of: /"revision":"([^"]+)"/), "\(text)")
    return String(found.1)
  }

  private static func releases(_ site: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(site)/releases")
  }
}

/// What the shipped workflows call.
enum DeployTools {
  static let areThere =
    SSHServer.isThere
    && ["node", "npm", "rsync", "curl"].allSatisfy { tool in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        access("\($0)/\(tool)", X_OK) == 0
      }
    }
}
