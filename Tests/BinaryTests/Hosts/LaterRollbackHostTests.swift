import Foundation
import Testing

/// A run is undone later on the hosts where it was, and only there.
@Suite(.pacedFirst) struct LaterRollbackHostTests {
  @Test(.enabled(if: SSHServer.isThere, "there is no sshd")) func onAHost() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(
      "Deploy.md",
      "---\nssh_config: ssh_config\n" + """
        ---
        - [ ] Switch
          ```bash {host=prod capture=PREVIOUS}
          cat current
          ```
          ```bash {host=prod}
          echo "$RUNBOOK_RUN" > current
          ```
          ```bash {rollback host=prod}
          [ "$(cat current)" = "$RUNBOOK_RUN" ] && echo "$PREVIOUS" > current
          ```

        """)
    let current = server.home.appendingPathComponent("current")
    try RunbookBinary.put(Array("r0\n".utf8), current.path)
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    #expect(try String(contentsOf: current, encoding: .utf8) != "r0\n")
    let result = try await runbook.rollback()
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try String(contentsOf: current, encoding: .utf8) == "r0\n")
    #expect(try runbook.read("Deploy.md").contains("Switch [result:: rolled back]"))
    #expect(server.leftovers == [])
  }

  @Test(.enabled(if: ServerFleet.isThere, "there is no sshd, or no Ansible"))
  func onTheHostsOfAGroupThatItReached() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Roll.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Roll {hosts=web serial=1}
          ```bash
          echo r2 > release
          [ "$RUNBOOK_HOST" != web2 ] || exit 7
          ```
          ```bash {rollback}
          echo undone >> undone
          [ ! -e broken ] && echo r1 > release
          ```

        """)
    #expect(try await runbook.run("exec", "Roll.md", "--no-rollback").status == 1)
    #expect(fleet.contents("release") == ["r2\n", "r2\n", nil])
    let broken = fleet.servers[0].home.appendingPathComponent("broken")
    try RunbookBinary.put([], broken.path)
    let failed = try await runbook.rollback()
    #expect(failed.status == 4, "\(failed.stdout)\(failed.stderr)")
    #expect(fleet.contents("release") == ["r2\n", "r1\n", nil])
    try FileManager.default.removeItem(at: broken)
    let again = try await runbook.rollback()
    #expect(again.status == 0, "\(again.stdout)\(again.stderr)")
    #expect(fleet.contents("release") == ["r1\n", "r1\n", nil])
    // What went well the first time is not done again.
    #expect(fleet.contents("undone") == ["undone\nundone\n", "undone\n", nil])
    #expect(fleet.leftovers == [])
  }
}
