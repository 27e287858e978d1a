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

/// Deadlines, silence, limits and commands; and what lives on, and what does not.
@Suite(.paced) struct StepStopTests {
  let scratch: StepScratch
  init() throws { scratch = try StepScratch() }

  @Test func deadline() async throws {
    let (status, _, deadline) = try await scratch.runOverTime(
      "trap '' TERM; echo up; sleep 100; sleep 100")
    #expect(status.stop == .deadline)
    #expect(status.end == .signalled(SIGKILL))
    #expect(status.elapsed >= deadline + .milliseconds(200) && status.elapsed < .seconds(100))
    #expect(scratch.living().isEmpty)
  }

  @Test func graceLetsABlockCleanUp() async throws {
    let (status, log, _) = try await scratch.runOverTime(
      "trap 'echo tidy; exit 5' TERM; echo up; sleep 100 & wait"
    ) { $0.grace = .seconds(90) }
    #expect(status.end == .exited(5))
    #expect(status.stop == .deadline)
    #expect(log == "up\ntidy\n")
    #expect(status.elapsed < .seconds(90))
  }

  @Test func aStoppedProcessActsOnTERM() async throws {
    let (status, log, _) = try await scratch.runOverTime(
      "trap 'echo tidy; exit 0' TERM; echo up; kill -STOP $$; sleep 100"
    ) { $0.grace = .seconds(90) }
    #expect(log == "up\ntidy\n")
    #expect(status.stop == .deadline && status.end == .exited(0))
  }

  @Test func aDeadlineCanBeMovedAndTaken() async throws {
    let handle = try scratch.launch("sleep 1") { $0.deadline = .milliseconds(500) }
    // Before the gate opens, so that it surely comes in time.
    #expect(handle.setDeadline(in: nil))
    try handle.openGate()
    #expect(try await scratch.end(of: handle).end == .exited(0))

    let other = try scratch.launch("sleep 100") { $0.deadline = nil }
    try other.openGate()
    #expect(other.setDeadline(in: .milliseconds(300)))
    let status = try await scratch.end(of: other)
    #expect(status.stop == .deadline && status.end == .signalled(SIGTERM))
  }

  @Test func stopAndKill() async throws {
    let handle = try scratch.launch("trap '' TERM; echo up; while :; do sleep 1; done") {
      $0.grace = .seconds(60)
    }
    try handle.openGate()
    try await scratch.wait { scratch.text(handle.folder.log) == "up\n" }
    #expect(handle.stop())
    var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, 300) == 0)
    #expect(handle.status() == .running)
    #expect(handle.kill())
    let status = try await scratch.end(of: handle)
    #expect(status.stop == .request && status.end == .signalled(SIGKILL))
    #expect(scratch.living().isEmpty)
  }

  @Test func linesThatAreNoCommandsAreIgnored() async throws {
    let handle = try scratch.launch("sleep 0.5; exit 4")
    try handle.openGate()
    let control = open(handle.folder.control, O_RDWR)
    defer { close(control) }
    let long = String(repeating: "stop", count: 500)
    for line in [
      "stopp\n", "\n", "deadline\n", "deadline x\n", "deadline 9999999999999999\n", "\(long)\n",
    ] {
      #expect(write(control, line, line.utf8.count) == line.utf8.count)
    }
    let status = try await scratch.end(of: handle)
    #expect(status.end == .exited(4) && status.stop == nil)
  }

  @Test func aFloodOfCommandsHoldsUpNoDeadline() async throws {
    let status = try await scratch.run("yes nonsense > $SCRATCH/step-1/control") {
      $0.deadline = .milliseconds(300)
    }.status
    #expect(status.stop == .deadline)
  }

  @Test func aCommandInPiecesIsOne() async throws {
    let handle = try scratch.launch("sleep 100")
    try handle.openGate()
    let control = open(handle.folder.control, O_RDWR)
    defer { close(control) }
    #expect(write(control, "st", 2) == 2)
    try await Task.sleep(for: .milliseconds(50))
    #expect(write(control, "op\n", 3) == 3)
    #expect(try await scratch.end(of: handle).stop == .request)
  }

  private static let printing = "for i in $(seq 15); do echo $i; sleep 0.2; done"

  @Test func silence() async throws {
    // Prints for longer than it may be silent, and much more often.
    let status = try await scratch.run(Self.printing + "; sleep 100") { $0.idle = .seconds(2) }
    #expect(status.status.stop == .idle)
    #expect(status.log == (1...15).map { "\($0)\n" }.joined())
    #expect(status.status.elapsed >= .seconds(2 + 14 * 0.2))
    #expect(status.status.elapsed < .seconds(100))
  }

  @Test func capturedOutputIsNoSilence() async throws {
    let status = try await scratch.run(Self.printing) {
      $0.idle = .seconds(2)
      $0.capturesOutput = true
    }.status
    #expect(status.end == .exited(0) && status.stop == nil)
  }

  @Test func logLimit() async throws {
    let status = try await scratch.run("yes") { $0.logLimit = 1 << 20 }.status
    #expect(status.stop == .logLimit)
    #expect(status.end == .signalled(SIGTERM))
  }

  @Test func aServiceStaysAndIsNamed() async throws {
    // Until then it is a copy of its shell.
    let first = try await scratch.run(
      "setsid sleep 300 > /dev/null 2>&1 & while ! grep -q sleep /proc/$!/comm; do :; done; exit 0"
    ).status
    #expect(first.end == .exited(0) && first.stop == nil)
    try #require(first.left.count == 1)
    #expect(first.left[0].name == "sleep")
    let service = first.left[0].pid
    #expect(scratch.living() == [service])

    // A later block's stop must not find it.
    let later = try await scratch.run("trap '' TERM; sleep 100 & sleep 100") {
      $0.deadline = .milliseconds(200)
    }.status
    #expect(later.stop == .deadline)
    #expect(scratch.living() == [service])
    #expect(later.left.isEmpty && later.survivors.isEmpty)
  }

  @Test func afterAFailureNothingStays() async throws {
    let status = try await scratch.run("setsid sleep 300 & (setsid env -i sleep 300 &); exit 3")
      .status
    #expect(status.end == .exited(3) && status.stop == nil)
    #expect(status.left.isEmpty)
    #expect(scratch.living().isEmpty)
  }

  @Test func whatEndsWithTheBlockIsNotNamed() async throws {
    #expect(try await scratch.run("exec > >(cat); echo x").status.left.isEmpty)
  }

  @Test func namesOfManyServicesAreCut() async throws {
    let status = try await scratch.run("for i in $(seq 300); do sleep 300 & done; exit 0").status
    #expect(status.end == .exited(0))
    #expect(status.left.count > 100)
    #expect(status.left.count + status.unnamed == 300)
  }

  @Test func aBlockThatAimsAtItsSupervisor() async throws {
    // All that can be caught or ignored; SIGSTOP is undone by the next command.
    let (status, _) = try await scratch.run(
      "for s in $(seq 1 8) $(seq 10 18) $(seq 20 31) 34 64; do kill -$s $PPID; done; exit 9")
    #expect(status.end == .exited(9))
  }

  @Test func aStoppedSupervisorIsWokenByACommand() async throws {
    let handle = try scratch.launch("kill -STOP $PPID; echo up; sleep 100")
    try handle.openGate()
    try await scratch.wait { scratch.text(handle.folder.log) == "up\n" }
    #expect(handle.stop())
    #expect(try await scratch.end(of: handle).stop == .request)
  }

  @Test func killZeroAtExit() async throws {
    let (status, log) = try await scratch.run("trap 'kill 0' EXIT; sleep 300 & echo up")
    #expect(log == "up\n")
    #expect(status.end == .signalled(SIGTERM))
    #expect(scratch.living().isEmpty)
  }
}
