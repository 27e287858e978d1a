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

/// Steps whose runner, or supervisor, is gone.
@Suite(.paced) struct StepAdoptionTests {
  let scratch: StepScratch
  init() throws { scratch = try StepScratch() }

  @Test func anAdoptedStepIsFollowedAndStopped() async throws {
    let handle = try scratch.launch("echo up; sleep 100")
    try handle.openGate()
    let adopted = StepHandle.adopt(folder: handle.folder, process: handle.process)
    #expect(adopted.status() == .running)
    #expect(handle.folder.state == .running, "by the lock alone")
    var wanted = pollfd(fd: adopted.waitDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, 0) == 0)
    #expect(adopted.stop())
    #expect(try await scratch.end(of: adopted).stop == .request)
  }

  @Test func aProcessOfAnotherTimeIsNotMistaken() throws {
    let folder = try scratch.folder("true")
    let own = try #require(StepProcess.ofThisProcess)
    for other in [
      StepProcess(pid: own.pid, startTime: own.startTime + 1, bootID: own.bootID),
      StepProcess(pid: own.pid, startTime: own.startTime, bootID: "another"),
      StepProcess(pid: Int32.max, startTime: 1, bootID: own.bootID),
    ] {
      let handle = StepHandle.adopt(folder: folder, process: other)
      var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&wanted, 1, 0) == 1)
      #expect(handle.status() == .lost)
    }
  }

  @Test func anEndedStepIsReadByAnyone() async throws {
    let handle = try scratch.launch("exit 6")
    try handle.openGate()
    _ = try await scratch.end(of: handle)
    let adopted = StepHandle.adopt(folder: handle.folder, process: handle.process)
    var wanted = pollfd(fd: adopted.waitDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, 0) == 1)
    guard case .ended(let status) = adopted.status() else {
      Issue.record("it has ended")
      return
    }
    #expect(status.end == .exited(6))
    #expect(adopted.setDeadline(in: .seconds(1)))
  }

  @Test func aKilledSupervisorIsLostAndItsBlockIsFound() async throws {
    let handle = try scratch.launch("setsid sleep 300 & (setsid sleep 300 &); echo up; sleep 300")
    try handle.openGate()
    try await scratch.wait {
      scratch.text(handle.folder.log) == "up\n" && scratch.living().count == 4
    }
    kill(handle.process.pid, SIGKILL)
    var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, Patience.milliseconds) == 1)
    #expect(handle.status() == .lost)
    #expect(Set(handle.remainingProcesses().map(\.pid)) == Set(scratch.living()))
    #expect(handle.killRemainingProcesses().isEmpty)
    #expect(scratch.living().isEmpty)
  }

  @Test func aSupervisorKilledBeforeTheGateIsLost() throws {
    let handle = try scratch.launch("touch ran")
    kill(handle.process.pid, SIGKILL)
    var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, Patience.milliseconds) == 1)
    #expect(handle.status() == .lost)
    #expect(handle.remainingProcesses().isEmpty)
    // No SIGPIPE ends this process. Usually an error; none while another thread's spawn still holds a copy of the
    // pipe's other end.
    do throws(SystemError) {
      try handle.openGate()
    } catch {
      #expect(error == SystemError("write", path: "the gate", code: EPIPE))
    }
    #expect(access(scratch.path + "/ran", F_OK) != 0)
  }
}
