import Runbook
import Testing

@testable import RunbookCLI

/// The live view has a line for each host.
@Suite(
  .pacedFirst,
  .enabled(if: ServerFleet.isThere && Tmux.isThere, "there is no sshd, Ansible or tmux"))
struct FleetViewTests {
  @Test func eachHostHasALine() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Roll.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Roll
          ```bash {hosts=web serial=1}
          while [ ! -e go ]; do sleep 0.1; done
          ```

        """)
    let terminal = try await Tmux(runbook)
    terminal.type("runbook exec Roll.md\n")
    try await terminal.wait { screen in
      screen.contains(/web1  running since \d\d:\d\d:\d\d/) && screen.contains("web2  waits")
        && screen.contains("web3  waits")
    }
    try RunbookBinary.put([], fleet.servers[0].home.appendingPathComponent("go").path)
    try await terminal.wait { screen in
      screen.contains(/web1  done, \d+\.\ds/) && screen.contains("web2  running since")
    }
    for server in fleet.servers.dropFirst() {
      try RunbookBinary.put([], server.home.appendingPathComponent("go").path)
    }
    try await terminal.wait(for: "succeeded · 1 of 1 step")
  }
}
