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

  @Test func deadline() throws {
    let status = try scratch.run("trap '' TERM; sleep 100; sleep 100") {
      $0.deadline = .milliseconds(300)
    }.status
    #expect(status.stop == .deadline)
    #expect(status.end == .signalled(SIGKILL))
    #expect(status.elapsed >= .milliseconds(500) && status.elapsed < .milliseconds(1500))
    #expect(scratch.living().isEmpty)
  }

  @Test func graceLetsABlockCleanUp() throws {
    let (status, log) = try scratch.run("trap 'echo tidy; exit 5' TERM; sleep 100 & wait") {
      $0.deadline = .milliseconds(300)
      $0.grace = .seconds(20)
    }
    #expect(status.end == .exited(5))
    #expect(status.stop == .deadline)
    #expect(log == "tidy\n")
    #expect(status.elapsed < .seconds(5))
  }

  @Test func aStoppedProcessActsOnTERM() throws {
    let (status, log) = try scratch.run("trap 'echo tidy; exit 0' TERM; kill -STOP $$; sleep 100") {
      $0.deadline = .milliseconds(300)
      $0.grace = .seconds(20)
    }
    #expect(log == "tidy\n")
    #expect(status.stop == .deadline && status.end == .exited(0))
  }

  @Test func aDeadlineCanBeMovedAndTaken() throws {
    let handle = try scratch.launch("sleep 1") { $0.deadline = .milliseconds(500) }
    try handle.openGate()
    #expect(handle.setDeadline(in: nil))
    #expect(try scratch.end(of: handle).end == .exited(0))

    let other = try scratch.launch("sleep 100") { $0.deadline = nil }
    try other.openGate()
    #expect(other.setDeadline(in: .milliseconds(300)))
    let status = try scratch.end(of: other)
    #expect(status.stop == .deadline && status.end == .signalled(SIGTERM))
  }

  @Test func stopAndKill() throws {
    let handle = try scratch.launch("trap '' TERM; echo up; while :; do sleep 1; done") {
      $0.grace = .seconds(60)
    }
    try handle.openGate()
    try scratch.wait { scratch.text(handle.folder.log) == "up\n" }
    #expect(handle.stop())
    var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, 300) == 0)
    #expect(handle.status() == .running)
    #expect(handle.kill())
    let status = try scratch.end(of: handle, within: 5)
    #expect(status.stop == .request && status.end == .signalled(SIGKILL))
    #expect(scratch.living().isEmpty)
  }

  @Test func linesThatAreNoCommandsAreIgnored() throws {
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
    let status = try scratch.end(of: handle)
    #expect(status.end == .exited(4) && status.stop == nil)
  }

  @Test func aFloodOfCommandsHoldsUpNoDeadline() throws {
    let status = try scratch.run("yes nonsense > $SCRATCH/step-1/control") {
      $0.deadline = .milliseconds(300)
    }.status
    #expect(status.stop == .deadline)
    #expect(status.elapsed < .milliseconds(1500))
  }

  @Test func aCommandInPiecesIsOne() throws {
    let handle = try scratch.launch("sleep 100")
    try handle.openGate()
    let control = open(handle.folder.control, O_RDWR)
    defer { close(control) }
    #expect(write(control, "st", 2) == 2)
    usleep(50_000)
    #expect(write(control, "op\n", 3) == 3)
    #expect(try scratch.end(of: handle).stop == .request)
  }

  @Test func silence() throws {
    let status = try scratch.run("for i in 1 2 3 4 5; do echo $i; sleep 0.2; done; sleep 100") {
      $0.idle = .milliseconds(600)
    }
    #expect(status.status.stop == .idle)
    #expect(status.log == "1\n2\n3\n4\n5\n")
    #expect(status.status.elapsed >= .milliseconds(1400))
    #expect(status.status.elapsed < .milliseconds(3500))
  }

  @Test func capturedOutputIsNoSilence() throws {
    let status = try scratch.run("for i in 1 2 3 4 5; do echo $i; sleep 0.2; done") {
      $0.idle = .milliseconds(600)
      $0.capturesOutput = true
    }.status
    #expect(status.end == .exited(0) && status.stop == nil)
  }

  @Test func logLimit() throws {
    let status = try scratch.run("yes") { $0.logLimit = 1 << 20 }.status
    #expect(status.stop == .logLimit)
    #expect(status.end == .signalled(SIGTERM))
  }

  @Test func aServiceStaysAndIsNamed() throws {
    // Until then it is a copy of its shell.
    let first = try scratch.run(
      "setsid sleep 300 > /dev/null 2>&1 & while ! grep -q sleep /proc/$!/comm; do :; done; exit 0"
    ).status
    #expect(first.end == .exited(0) && first.stop == nil)
    try #require(first.left.count == 1)
    #expect(first.left[0].name == "sleep")
    let service = first.left[0].pid
    #expect(scratch.living() == [service])

    // A later block's stop must not find it.
    let later = try scratch.run("trap '' TERM; sleep 100 & sleep 100") {
      $0.deadline = .milliseconds(200)
    }.status
    #expect(later.stop == .deadline)
    #expect(scratch.living() == [service])
    #expect(later.left.isEmpty && later.survivors.isEmpty)
  }

  @Test func afterAFailureNothingStays() throws {
    let status = try scratch.run("setsid sleep 300 & (setsid env -i sleep 300 &); exit 3").status
    #expect(status.end == .exited(3) && status.stop == nil)
    #expect(status.left.isEmpty)
    #expect(scratch.living().isEmpty)
  }

  @Test func whatEndsWithTheBlockIsNotNamed() throws {
    #expect(try scratch.run("exec > >(cat); echo x").status.left.isEmpty)
  }

  @Test func namesOfManyServicesAreCut() throws {
    let status = try scratch.run("for i in $(seq 300); do sleep 300 & done; exit 0").status
    #expect(status.end == .exited(0))
    #expect(status.left.count > 100)
    #expect(status.left.count + status.unnamed == 300)
  }

  @Test func aBlockThatAimsAtItsSupervisor() throws {
    // All that can be caught or ignored; SIGSTOP is undone by the next command.
    let (status, _) = try scratch.run(
      "for s in $(seq 1 8) $(seq 10 18) $(seq 20 31) 34 64; do kill -$s $PPID; done; exit 9")
    #expect(status.end == .exited(9))
  }

  @Test func aStoppedSupervisorIsWokenByACommand() throws {
    let handle = try scratch.launch("kill -STOP $PPID; echo up; sleep 100")
    try handle.openGate()
    try scratch.wait { scratch.text(handle.folder.log) == "up\n" }
    #expect(handle.stop())
    #expect(try scratch.end(of: handle, within: 5).stop == .request)
  }

  @Test func killZeroAtExit() throws {
    let (status, log) = try scratch.run("trap 'kill 0' EXIT; sleep 300 & echo up")
    #expect(log == "up\n")
    #expect(status.end == .signalled(SIGTERM))
    #expect(scratch.living().isEmpty)
  }
}
