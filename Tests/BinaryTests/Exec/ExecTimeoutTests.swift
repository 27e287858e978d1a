import Foundation
import TestSupport
import Testing

/// A step that is over its time goes with everything it started; what earlier steps started stays.
@Suite(.paced) struct ExecTimeoutTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    - [ ] Start the service
      ```bash
      sleep 300 &
      echo $! > service
      ```
    - [ ] Hang
      ```bash {timeout=5s grace=1s}
      trap '' TERM
      sleep 301 &
      setsid sleep 302 &
      (setsid sleep 303 &)
      env -i setsid sleep 304 &
      (env -i setsid bash -c 'trap "" TERM; sleep 305; sleep 306' &)
      echo started
      while :; do sleep 307; done
      ```
      WAYBACK
    """

  @Test(arguments: [false, true]) func theWholeTreeGoesAndTheServiceStays(_ hasWayBack: Bool)
    async throws
  {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let wayBack = hasWayBack ? "```bash {rollback}\n  echo back\n  ```" : ""
    try runbook.write("Hang.md", Self.note.replacing("WAYBACK", with: wayBack) + "\n")
    let result = try await runbook.run("exec", "Hang.md")
    #expect(result.status == (hasWayBack ? 3 : 124))
    let service = try #require(
      Int32(try runbook.read("../app/service").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(LivingProcesses.pids(in: runbook.app.path) == [service])
    let note = try runbook.read("Hang.md")
    let group = try #require(
      note.firstMatch(of: /- \[ \] Hang \[result:: timed out\] · \[took:: (\d+\.\d)s\]/))
    // By the run's own clock. What it runs would take 300 s; how much less is for the benchmarks to say.
    #expect(try #require(Double(group.1)) < 300, "\(group.0)")
    #expect(result.stdout.contains("left    sleep (\(service)), started by “Start the service”"))
    if !hasWayBack {
      try Golden.expect(runbook.plain(result.stdout), is: "Exec/timeout.out")
    }
  }

  /// Nobody is left to decide: the supervisor keeps the deadline. The step kills the runner itself, so that it
  /// surely runs when that happens.
  @Test func aStepEndsByItselfWhenItsRunnerWasKilled() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Hang.md",
      """
      ---
      cwd: ../app
      ---
      - [ ] Hang
        ```bash {timeout=5s grace=200ms}
        (setsid sleep 301 &)
        kill -9 "$(sed -n 's/^PPid:\t//p' /proc/$PPID/status)"
        touch began
        sleep 302
        ```

      """)
    let started = try runbook.start("exec", "Hang.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    #expect(try await started.end() == 128 + 9)
    try #require(
      try await eventually { LivingProcesses.pids(in: runbook.app.path).isEmpty })
    let run = try #require(runbook.runs.first).appendingPathComponent("steps")
    let step = try #require(try FileManager.default.contentsOfDirectory(atPath: run.path).first)
    let file = run.appendingPathComponent(step).appendingPathComponent("status")
    #expect(
      try await eventually {
        let status = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        return status.contains("signal 15") && status.contains("stopped deadline")
      }, "\((try? String(contentsOf: file, encoding: .utf8)) ?? "")")
    // The lock went with the runner, but its run has no end yet.
    let refused = try await runbook.run("exec", "Hang.md")
    #expect(refused.status == 69)
    #expect(refused.stderr.contains("runbook resume"))
    #expect(try await runbook.run("cancel", "--abandon").status == 0)
    try runbook.write("Hang.md", "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  true\n  ```\n")
    #expect(try await runbook.run("exec", "Hang.md").status == 0)
  }
}
