import Foundation
import TestSupport
import Testing

/// A run of which the first step has left services running, and the second does not end by itself.
final class StoppedRun {
  let scratch: CrashScratch
  let program: StartedProgram
  /// A drawn moment after the step was seen to be up.
  let began: SuspendingClock.Instant
  /// When the step is over its time, if it began as it was seen.
  let deadline: SuspendingClock.Instant
  let servicesAtFirst: Set<Int32>

  /// Where the step was not up by its deadline, which is the machine's doing, it is tried with a later one.
  static func begin(_ shape: StepShape, _ draw: StopDraw) async throws -> StoppedRun {
    var time = draw.isByCommand ? Duration.seconds(3600) : draw.deadline + .milliseconds(250)
    while time < .seconds(4000) {
      let run = try await StoppedRun(shape, draw, within: time)
      if run.isUp { return run }
      time *= 3
    }
    throw TestSupportError("\(draw): the step is never up")
  }

  private let isUp: Bool

  private init(_ shape: StepShape, _ draw: StopDraw, within deadline: Duration) async throws {
    let scratch = try CrashScratch()
    self.scratch = scratch
    for name in ["services", "step"] {
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/app/\(name)", withIntermediateDirectories: true)
    }
    try scratch.put(Self.note(shape, deadline))
    let program = try scratch.begin(["exec", "note.md"])
    self.program = program
    let file = scratch.path + "/app/step/up"
    _ = try await eventually {
      FileManager.default.fileExists(atPath: file) || program.stdout.contains("over its time")
    }
    isUp = FileManager.default.fileExists(atPath: file)
    self.deadline = .now + deadline
    servicesAtFirst = Set(LivingProcesses.pids(in: scratch.path + "/app/services"))
    try #require(servicesAtFirst.count == 3, "\(program.stdout)\(program.stderr)")
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
