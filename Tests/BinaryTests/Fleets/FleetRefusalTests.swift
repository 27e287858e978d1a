import Foundation
import Testing

/// What keeps a note for a group of hosts from being run, told before anything has.
@Suite(.pacedFirst, .enabled(if: ServerFleet.isThere, "there is no sshd, or no Ansible"))
struct FleetRefusalTests {
  private static func note(_ group: String, inventory: String = "hosts.ini") -> String {
    "---\nssh_config: ssh_config\ninventory: \(inventory)\n---\n"
      + "- [ ] Go\n  ```bash {hosts=\(group)}\n  touch ran\n  ```\n"
  }

  private func refusal(
    of note: String, _ runbook: RunbookBinary, environment: [String: String] = [:]
  ) async throws -> String {
    try runbook.write("Go.md", note)
    let result = try await runbook.run("exec", "Go.md", environment: environment)
    #expect(result.status == 2, "\(result.stdout)")
    #expect(result.stderr.hasSuffix("Nothing was run.\n"))
    #expect(result.stderr.contains("Go.md:6:3: error: "), "\(result.stderr)")
    return result.stderr
  }

  @Test func groupsThatAreNotThere() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("hosts.ini", "[web]\nweb1\n[none]\n")
    for group in ["wbe", "none", "web:wbe"] {
      let text = try await refusal(of: Self.note(group), runbook)
      #expect(text.contains("no host of the inventory fits \(group)\n"), "\(text)")
    }
  }

  @Test func inventoriesThatCanNotBeRead() async throws {
    let runbook = try RunbookBinary()
    let missing = try await refusal(of: Self.note("web", inventory: "there.ini"), runbook)
    #expect(missing.contains("there is no inventory"))
    try runbook.write("broken.ini", "[web\nx = : [\n")
    let broken = try await refusal(of: Self.note("web", inventory: "broken.ini"), runbook)
    #expect(broken.contains("broken.ini"), "\(broken)")
  }

  @Test func ansibleIsMissing() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("hosts.ini", "[web]\nweb1\n")
    let folder = runbook.scratch.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = try await refusal(
      of: Self.note("web"), runbook, environment: ["PATH": folder.path])
    #expect(text.contains("ansible is not on this machine"), "\(text)")
    #expect(text.contains("fix: install ansible-core"))
  }

  @Test func eachHostThatCanNotBeUsedIsNamed() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    fleet.servers[1].stop()
    fleet.servers[2].freeze()
    let text = try await refusal(of: Self.note("web"), runbook)
    #expect(text.contains("error: web2 refuses connections"), "\(text)")
    #expect(text.contains("error: web3 did not answer within 10 s"), "\(text)")
    #expect(!text.contains("web1"))
    fleet.servers[2].resume()
    #expect(fleet.contents("ran") == [nil, nil, nil])
    #expect(fleet.leftovers == [])
  }

  @Test func aProgramThatIsMissingThere() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    let note = Self.note("web").replacing("bash {", with: "fish {interpreter=no-such-shell ")
    let text = try await refusal(of: note, runbook)
    for server in fleet.servers {
      #expect(text.contains("error: no-such-shell is not on \(server.name)"))
    }
  }
}
