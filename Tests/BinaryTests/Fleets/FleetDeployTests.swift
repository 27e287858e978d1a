import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The shipped Quick workflow for a fleet, with three real sshd's as its servers.
@Suite(
  .pacedFirst,
  .enabled(
    if: ServerFleet.isThere && DeployTools.areThere,
    "there is no sshd, Ansible, node, npm, rsync or curl"))
struct FleetDeployTests {
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func aDeployAndOneOfWhichTheSecondHostFails() async throws {
    let runbook = try RunbookBinary()
    // One machine, so each server listens on an address of its own.
    let fleet = try await ServerFleet(runbook) { ["BIND": "127.0.3.\($0)"] }
    try FileManager.default.copyItem(
      at: Self.project.appendingPathComponent("demo"),
      to: runbook.folder.appendingPathComponent("demo"))
    let ssh = "\(runbook.folder.path)/ssh_config"
    try runbook.write("demo/fleet/.runbook.yml", "ssh_config: \(ssh)\n")
    let port = Int.random(in: 33000...39000)
    func deploy() async throws -> RunbookBinary.Result {
      try await runbook.run(
        [
          "exec", "demo/fleet/Workflow-Quick-Fleet.md", "--yes", "--set",
          "INVENTORY=../../hosts.ini",
          "--set", "PORT=\(port)",
        ],
        // For the copying, which a block of this machine has Ansible do.
        environment: ["ANSIBLE_SSH_EXTRA_ARGS": "-F \(ssh)"])
    }
    let first = try await deploy()
    #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
    let current = fleet.servers.map(Self.current)
    #expect(Set(current).count == 1 && current[0] != nil)

    // The second server does not come up with what is new.
    let bin = fleet.servers[1].home.appendingPathComponent("bin/curl")
    try RunbookBinary.put(Array("#!/bin/sh\necho 'it is not well' >&2; exit 9\n".utf8), bin.path)
    chmod(bin.path, 0o755)
    let second = try await deploy()
    #expect(second.status == 3, "\(second.stdout)\(second.stderr)")
    #expect(fleet.servers.map(Self.current) == current)
    let releases = fleet.servers.map {
      try? FileManager.default.contentsOfDirectory(atPath: "\($0.home.path)/site/releases")
    }
    #expect(releases.allSatisfy { $0?.count == 1 }, "\(releases)")
    let record = try runbook.read(try #require(Self.records(runbook).last))
    let rows = record.split(separator: "\n")
      .drop { !$0.hasPrefix("Restart one after the other · exit 1 on web2; not begun on web3") }
    #expect(rows.first { $0.hasPrefix("| web1") }?.hasPrefix("| web1 | succeeded | 0 |") == true)
    #expect(rows.first { $0.hasPrefix("| web2") }?.hasPrefix("| web2 | failed | 1 |") == true)
    #expect(rows.first { $0.hasPrefix("| web3") }?.hasPrefix("| web3 | not begun |") == true)
    #expect(rows.contains { $0.hasPrefix("| web2 | undone | 0 |") })
    #expect(fleet.leftovers == [])
  }

  private static func current(_ server: SSHServer) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(
      atPath: "\(server.home.path)/site/current")
  }

  private static func records(_ runbook: RunbookBinary) throws -> [String] {
    let folder = runbook.folder.appendingPathComponent("demo/fleet/Runs").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { "demo/fleet/Runs/\($0)" }
  }
}
