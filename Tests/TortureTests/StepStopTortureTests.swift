import Runbook
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stopped block leaves nothing, whatever it did to hide: 3 tries of each way, 200 with `RUNBOOK_TORTURE=long`.
@Suite struct StepStopTortureTests {
  static let tries = getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long" ? 200 : 3
  static let grace = Duration.milliseconds(100)

  let scratch: StepScratch
  init() throws { scratch = try StepScratch() }

  @Test(arguments: StepShape.allCases) func byDeadline(shape: StepShape) async throws {
    for attempt in 1...Self.tries {
      await Task.yield()
      let handle = try scratch.launch(shape.script) {
        $0.deadline = .milliseconds(250)
        $0.grace = Self.grace
      }
      try handle.openGate()
      let status = try scratch.end(of: handle, within: 10)
      try #require(status.stop == .deadline, "attempt \(attempt)")
      try #require(scratch.text(handle.folder.log).hasPrefix("up\n"), "attempt \(attempt)")
      try #require(
        status.elapsed < .milliseconds(250) + Self.grace + .seconds(1), "attempt \(attempt)")
      try expectNothingLeft(attempt, status)
    }
  }

  @Test(arguments: StepShape.allCases) func byCommand(shape: StepShape) async throws {
    for attempt in 1...Self.tries {
      await Task.yield()
      let handle = try scratch.launch(shape.script) { $0.grace = Self.grace }
      try handle.openGate()
      try waitUntilUp(handle.folder)
      let start = SuspendingClock.now
      try #require(handle.stop())
      let status = try scratch.end(of: handle, within: 10)
      try #require(SuspendingClock.now - start < Self.grace + .seconds(1), "attempt \(attempt)")
      try #require(status.stop == .request, "attempt \(attempt)")
      try expectNothingLeft(attempt, status)
    }
  }

  /// The runner is killed in the middle; half the time a later one adopts the step and stops it, else its own
  /// deadline does.
  @Test(arguments: StepShape.allCases) func withoutARunner(shape: StepShape) async throws {
    for attempt in 1...Self.tries {
      let stopsByCommand = attempt % 2 == 1
      let folder = try scratch.folder(shape.script)
      let process = try await runInARunnerThatIsKilled(
        folder, deadline: stopsByCommand ? 3_600_000 : 400)
      let handle = StepHandle.adopt(folder: folder, process: process)
      if stopsByCommand {
        try waitUntilUp(folder)
        try #require(handle.stop())
      }
      let status = try scratch.end(of: handle, within: 10)
      try #require(status.stop == (stopsByCommand ? .request : .deadline), "attempt \(attempt)")
      try expectNothingLeft(attempt, status)
    }
  }

  private func waitUntilUp(_ folder: StepFolder) throws {
    try scratch.wait { scratch.text(folder.log).hasPrefix("up\n") }
  }

  private func expectNothingLeft(_ attempt: Int, _ status: StepStatus) throws {
    try #require(scratch.living().isEmpty, "attempt \(attempt)")
    try #require(status.survivors.isEmpty && status.left.isEmpty, "attempt \(attempt)")
  }

  /// A process of its own launches the step, opens the gate, and dies by KILL.
  private func runInARunnerThatIsKilled(
    _ folder: StepFolder, deadline milliseconds: Int
  ) async throws -> StepProcess {
    let note = folder.path + "/process"
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [
        path = folder.path as String, directory = scratch.path as String,
        supervisor = scratch.supervisor as String,
        deadline = milliseconds as Int
      ] in
      let folder = StepFolder(path: path)
      let launch = StepLaunch(
        folder: folder, program: "bash", arguments: [folder.script],
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], workingDirectory: directory,
        deadline: .milliseconds(deadline),
        grace: .milliseconds(100))
      let handle = try StepHandle.launch(launch, supervisor: supervisor)
      let file = fopen(path + "/process", "w")
      fputs("\(handle.process.pid) \(handle.process.startTime) \(handle.process.bootID)", file)
      fclose(file)
      try handle.openGate()
      kill(getpid(), SIGKILL)
    }
    let words = scratch.text(note).split(separator: " ").map(String.init)
    try #require(words.count == 3)
    return StepProcess(
      pid: try #require(Int32(words[0])), startTime: try #require(UInt64(words[1])),
      bootID: words[2])
  }
}
