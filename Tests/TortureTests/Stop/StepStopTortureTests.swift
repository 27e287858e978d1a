import Runbook
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stopped block leaves nothing, whatever it did to hide: the supervisor alone.
@Suite struct StepStopTortureTests {
  let scratch: StepScratch
  init() throws { scratch = try StepScratch() }

  @Test(arguments: StepShape.allCases) func byDeadline(shape: StepShape) async throws {
    for draw in StopDraw.all("by deadline", shape) {
      await Task.yield()
      let (status, _, deadline) = try await scratch.runOverTime(shape.script(), draw.deadline) {
        $0.grace = StopDraw.grace
      }
      try #require(status.stop == .deadline, "\(draw)")
      try #require(status.elapsed < deadline + StopDraw.grace + StopDraw.slack, "\(draw)")
      try expectNothingLeft(draw, status)
    }
    StopDraw.tell("by deadline", shape)
  }

  @Test(arguments: StepShape.allCases) func byCommand(shape: StepShape) async throws {
    for draw in StopDraw.all("by command", shape) {
      await Task.yield()
      let handle = try scratch.launch(shape.script()) { $0.grace = StopDraw.grace }
      try handle.openGate()
      try await waitUntilUp(handle.folder)
      try await Task.sleep(for: draw.pause)
      let start = SuspendingClock.now
      try #require(handle.stop())
      let status = try await scratch.end(of: handle)
      try #require(SuspendingClock.now - start < StopDraw.grace + StopDraw.slack, "\(draw)")
      try #require(status.stop == .request, "\(draw)")
      try expectNothingLeft(draw, status)
    }
    StopDraw.tell("by command", shape)
  }

  /// The runner is killed in the middle; half the time a later one adopts the step and stops it, else its own
  /// deadline does.
  @Test(arguments: StepShape.allCases) func withoutARunner(shape: StepShape) async throws {
    for draw in StopDraw.all("without a runner", shape) {
      let folder = try scratch.folder(shape.script())
      let process = try await runInARunnerThatIsKilled(folder, draw)
      let handle = StepHandle.adopt(folder: folder, process: process)
      if draw.isByCommand {
        try await waitUntilUp(folder)
        try #require(handle.stop())
      }
      let status = try await scratch.end(of: handle)
      try #require(status.stop == (draw.isByCommand ? .request : .deadline), "\(draw)")
      try expectNothingLeft(draw, status)
    }
    StopDraw.tell("without a runner", shape)
  }

  private func waitUntilUp(_ folder: StepFolder) async throws {
    try #require(
      try await eventually { scratch.text(folder.log).hasPrefix("up\n") }, "it is not up")
  }

  private func expectNothingLeft(_ draw: StopDraw, _ status: StepStatus) throws {
    try #require(scratch.living().isEmpty, "\(draw)")
    try #require(status.survivors.isEmpty && status.left.isEmpty, "\(draw)")
  }

  /// A process of its own launches the step, opens the gate, and dies by KILL a moment later.
  private func runInARunnerThatIsKilled(
    _ folder: StepFolder, _ draw: StopDraw
  ) async throws -> StepProcess {
    let note = folder.path + "/process"
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [
        path = folder.path as String, directory = scratch.path as String,
        supervisor = scratch.supervisor as String,
        deadline = (draw.isByCommand ? .seconds(3600) : draw.deadline) as Duration,
        pause = draw.pause as Duration
      ] in
      let folder = StepFolder(path: path)
      let launch = StepLaunch(
        folder: folder, program: "bash", arguments: [folder.script],
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], workingDirectory: directory,
        deadline: deadline, grace: .milliseconds(100))
      let handle = try StepHandle.launch(launch, supervisor: supervisor)
      let file = fopen(path + "/process", "w")
      fputs("\(handle.process.pid) \(handle.process.startTime) \(handle.process.bootID)", file)
      fclose(file)
      try handle.openGate()
      try await Task.sleep(for: pause)
      kill(getpid(), SIGKILL)
    }
    let words = scratch.text(note).split(separator: " ").map(String.init)
    try #require(words.count == 3)
    return StepProcess(
      pid: try #require(Int32(words[0])), startTime: try #require(UInt64(words[1])),
      bootID: words[2])
  }
}
