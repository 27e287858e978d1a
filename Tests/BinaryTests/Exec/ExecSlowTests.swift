import Foundation
import TestSupport
import Testing

/// A step that takes much longer than it did before says so, and that is all.
@Suite(.paced) struct ExecSlowTests {
  private static func runbook() async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Build.md",
      """
      ---
      cwd: ../app
      ---
      - [ ] Build
        ```bash
        touch began
        while [ -e slow ]; do echo tick; sleep 0.2; done
        ```

      """)
    #expect(try await !runbook.run("plan", "Build.md").stdout.contains("usual"))
    #expect(try await runbook.run("exec", "Build.md").status == 0)
    #expect(try await runbook.run("plan", "Build.md").stdout.contains("usual"))
    try runbook.write("../app/slow", "")
    return runbook
  }

  @Test func inPlainLinesOnce() async throws {
    let runbook = try await Self.runbook()
    let started = try runbook.start("exec", "Build.md")
    try #require(try await eventually { started.stdout.contains("still running after ") })
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("../app/slow"))
    #expect(try await started.end() == 0)
    #expect(started.stdout.components(separatedBy: "usually ").count == 2)
  }

  /// Also while the step prints, which draws the view anew.
  @Test(.enabled(if: Tmux.isThere)) func behindItsClock() async throws {
    let runbook = try await Self.runbook()
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Build.md; echo \"status $?\"\n")
    try await tmux.wait { $0.contains(/\d\.\ds, usually \d+\.\ds/) }
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("../app/slow"))
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(!end.contains("usually"))
  }
}
