import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Three real sshd's as the group `web` of an inventory, `hosts.ini` in the runbook's folder.
final class ServerFleet {
  let servers: [SSHServer]

  static let isThere =
    SSHServer.isThere
    && ["/usr/bin", "/usr/local/bin"].contains { access("\($0)/ansible-playbook", X_OK) == 0 }

  /// What notes for it begin with.
  static let head = "ssh_config: ssh_config\ninventory: hosts.ini\n"

  /// - Parameter environment: of the login on the host of that number.
  init(
    _ runbook: RunbookBinary, environment: (Int) -> [String: String] = { _ in [:] }
  ) async throws {
    var servers: [SSHServer] = []
    for number in 1...3 {
      servers.append(
        try await SSHServer(
          runbook, name: "web\(number)", environment: environment(number)))
    }
    self.servers = servers
    try runbook.write(
      "hosts.ini", "[web]\n" + servers.map { "\($0.name)\n" }.joined() + "[none]\n")
  }

  /// What the file holds on each of the hosts; nil where there is none.
  func contents(_ name: String) -> [String?] {
    servers.map {
      try? String(contentsOf: $0.home.appendingPathComponent(name), encoding: .utf8)
    }
  }

  /// What still runs of what was started on the hosts, as pid and command line.
  var living: [String] {
    servers.flatMap { LivingProcesses.pids(in: $0.home.path) }.map {
      "\($0) \(ProcessTable.commandLine(of: $0))"
    }
  }

  var leftovers: [String] { servers.flatMap(\.leftovers) }
}
