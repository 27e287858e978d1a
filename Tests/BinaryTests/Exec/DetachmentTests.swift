import Foundation
import Testing

/// A runner in the background gets a scope of its own from the session manager, where there is one that works. A
/// stand-in for `systemd-run` writes down how it was called.
@Suite(.paced) struct DetachmentTests {
  private static let note =
    "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo \"${IN_SCOPE:-plain}\" >> trace\n  ```\n"

  private static let working = """
    #!/bin/sh
    echo "$*" >> ../app/calls
    while case "$1" in --*) true ;; *) false ;; esac; do shift; done
    IN_SCOPE=scope exec "$@"
    """

  /// - Returns: how the block was run, and the calls of the stand-in.
  private static func run(
    _ standIn: String, _ environment: [String: String] = ["XDG_RUNTIME_DIR": "/run/user/0"]
  ) async throws -> (trace: String, calls: [Substring]) {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", note)
    let program = try runbook.write("../bin/systemd-run", standIn)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let path = "\(program.deletingLastPathComponent().path):\(runbook.environment["PATH"] ?? "")"
    let started = try await runbook.run(
      "exec", "note.md", "--background", environment: environment.merging(["PATH": path]) { $1 })
    #expect(started.status == 0)
    #expect(try await runbook.run("attach").status == 0)
    let calls = (try? runbook.read("../app/calls")) ?? ""
    return (try runbook.read("../app/trace"), calls.split(separator: "\n"))
  }

  @Test func whereItWorksItIsUsed() async throws {
    let (trace, calls) = try await Self.run(Self.working)
    #expect(trace == "scope\n")
    #expect(calls.count == 2, "\(calls)")
    #expect(calls.first == "--user --scope --quiet --collect true")
    #expect(calls.last?.hasPrefix("--user --scope --quiet --collect /") == true)
    #expect(calls.last?.hasSuffix(" --detached") == true)
  }

  @Test(arguments: ["exit 1", "sleep 100", "kill -9 $$"])
  func whereItDoesNotTheRunnerStartsWithoutIt(_ how: String) async throws {
    let (trace, calls) = try await Self.run("#!/bin/sh\necho \"$*\" >> ../app/calls\n\(how)\n")
    #expect(trace == "plain\n")
    #expect(calls == ["--user --scope --quiet --collect true"])
  }

  /// Without a session there is no manager to ask.
  @Test func outsideASessionItIsNotTried() async throws {
    let (trace, calls) = try await Self.run(Self.working, [:])
    #expect(trace == "plain\n")
    #expect(calls.isEmpty)
  }
}
