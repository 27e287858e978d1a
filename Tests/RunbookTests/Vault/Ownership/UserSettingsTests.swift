import Testing

@testable import Runbook

/// `config.yml` of the user.
@Suite struct UserSettingsTests {
  private static func read(_ text: String) throws -> UserSettings {
    try UserSettings(TrustedFile(own: Array(text.utf8), path: "config.yml"))
  }

  private static func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let problem as UserSettings.Problem {
      return problem.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: [
    ("", []), ("# nothing\n", []), ("trusted_groups: ops\n", ["ops"]),
    ("trusted-groups: [ops, 100]\n", ["ops", "100"]), ("trusted_groups:\n", []),
    ("---\ntrusted_groups:\n  - ops\n", ["ops"]),
  ])
  func groups(_ text: String, _ groups: [String]) throws {
    #expect(try Self.read(text).trustedGroups == groups)
  }

  @Test(arguments: [
    ("a: 1\n", "1:1 there is no setting “a”"),
    ("trusted_groups: [ops]\ntrusted_group: ops\n", "2:1 there is no setting “trusted_group”"),
    ("trusted_groups: [{a: 1}]\n", "1:18 “trusted_groups” is a list of names"),
  ])
  func mistakes(_ text: String, _ problem: String) {
    #expect(Self.problems(text) == [problem])
  }

  @Test(arguments: [
    "- a\n", "a: [\n", "trusted_groups: a\ntrusted_groups: b\n", "a: 1\n---\nb: 2\n",
  ])
  func noSettings(_ text: String) { #expect(!Self.problems(text).isEmpty, "\(text)") }

  @Test func whereItIs() {
    #expect(UserSettings.path(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/runbook/config.yml")
    #expect(
      UserSettings.path(["XDG_CONFIG_HOME": "c", "HOME": "/h"]) == "/h/.config/runbook/config.yml")
    #expect(UserSettings.path([:]) == nil)
  }
}
