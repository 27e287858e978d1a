import Foundation
import TestSupport
import Testing

/// A run of which the first step has left services running, and the second does not end by itself.
final class StoppedRun {
  let scratch: CrashScratch
  let program: StartedProgram
  /// When the step was seen to be up, and a drawn moment later.
  private let up: SuspendingClock.Instant
  let began: SuspendingClock.Instant
  /// When the step is over its time, if it began as it was seen.
  let deadline: SuspendingClock.Instant
  let servicesAtFirst: Set<Int32>

  init(_ shape: StepShape, _ draw: StopDraw) async throws {
    let scratch = try CrashScratch()
    self.scratch = scratch
    for name in ["services", "step"] {
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/app/\(name)", withIntermediateDirectories: true)
    }
    let deadline = draw.isByCommand ? Duration.seconds(60) : draw.deadline + .milliseconds(250)
    try scratch.put(Self.note(shape, deadline))
    program = try scratch.begin(["exec", "note.md"])
    let file = scratch.path + "/app/step/up"
    let isUp = try await eventually { FileManager.default.fileExists(atPath: file) }
    up = .now
    self.deadline = up + deadline
    servicesAtFirst = Set(LivingProcesses.pids(in: scratch.path + "/app/services"))
    try #require(isUp && servicesAtFirst.count == 3, "\(program.stdout)\(program.stderr)")
    try await Task.sleep(for: draw.pause)
    began = .now
  }

  deinit {
    for pid in left + Array(services) { _ = kill(pid, SIGKILL) }
  }

  private static func note(_ shape: StepShape, _ deadline: Duration) -> String {
    let script = shape.script(whenUp: "touch up").split(separator: "\n")
      .map { "  \($0)\n" }.joined()
    return """
      ---
      cwd: ../app
      ---
      - [ ] Start the services
        ```bash {cwd=services}
        sleep 1000 &
        (setsid sh -c 'sleep 1001 & touch up; exec sleep 1002' &)
        until [ -e up ]; do sleep 0.01; done
        ```
      - [ ] Hang
        ```bash {cwd=step timeout=\(deadline / .seconds(1))s grace=\(StopDraw.grace / .seconds(1))s}
      \(script)  ```

      """
  }

  /// What lives of the step that is stopped.
  var left: [Int32] { LivingProcesses.pids(in: scratch.path + "/app/step") }
  var services: Set<Int32> { Set(LivingProcesses.pids(in: scratch.path + "/app/services")) }
}
