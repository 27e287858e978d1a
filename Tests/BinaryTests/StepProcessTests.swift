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

/// What a block finds when it starts, and what is known of its end.
@Suite(.paced) struct StepProcessTests {
  let scratch: StepScratch
  init() throws { scratch = try StepScratch() }

  @Test(arguments: [0, 1, 7, 255]) func exitStatus(code: Int32) async throws {
    #expect(try await scratch.run("exit \(code)").status.end == .exited(code))
  }

  @Test(arguments: [SIGTERM, SIGKILL, SIGSEGV]) func deathBySignal(signal: Int32) async throws {
    #expect(try await scratch.run("kill -\(signal) $$").status.end == .signalled(signal))
  }

  @Test func nothingRunsBeforeTheGate() async throws {
    let handle = try scratch.launch("touch ran")
    #expect(handle.status() == .running)
    #expect(scratch.living().isEmpty)
    handle.abandon()
    #expect(try await scratch.end(of: handle).end == .never)
    #expect(access(scratch.path + "/ran", F_OK) != 0)
    try handle.openGate()
    #expect(handle.status() == .ended(StepStatus(end: .never)))
  }

  @Test func aHandleThatIsDroppedOpensNoGate() async throws {
    let folder: StepFolder
    do {
      let handle = try scratch.launch("touch ran")
      folder = handle.folder
    }
    try await scratch.wait { folder.state != .running }
    #expect(folder.state == .ended(StepStatus(end: .never)))
    #expect(access(scratch.path + "/ran", F_OK) != 0)
  }

  @Test func outputAndErrorAreInTheLog() async throws {
    let (_, log) = try await scratch.run("echo one; echo two >&2; echo three")
    #expect(log == "one\ntwo\nthree\n")
  }

  @Test func capturedOutputIsApart() async throws {
    let handle = try scratch.launch("echo out; echo err >&2") { $0.capturesOutput = true }
    try handle.openGate()
    _ = try await scratch.end(of: handle)
    #expect(scratch.text(handle.folder.output) == "out\n")
    #expect(scratch.text(handle.folder.log) == "err\n")
  }

  @Test func inputIsEmptyAndNothingElseIsInherited() async throws {
    // A descriptor that this process leaves open for everybody must not reach the block.
    let leak = open("/dev/null", O_RDONLY)
    let high = fcntl(leak, F_DUPFD, 77)
    defer {
      close(leak)
      close(high)
    }
    let (_, log) = try await scratch.run(
      """
      wc -c
      ls /proc/$$/fd
      readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2
      """)
    let folder = scratch.path + "/step-1"
    // 255 is where bash itself holds its script.
    #expect(log == "0\n0\n1\n2\n255\n/dev/null\n\(folder)/log\n\(folder)/log\n")
  }

  @Test func signalsAreDefaultAndUnblocked() async throws {
    let ignored = signal(SIGUSR1, SIG_IGN)
    defer { signal(SIGUSR1, ignored) }
    let (_, log) = try await scratch.run("grep -E '^Sig(Blk|Ign)' /proc/self/status")
    #expect(log == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
  }

  @Test func environmentIsWhatWasGivenAndTheMark() async throws {
    let (_, log) = try await scratch.run("env -u _ -u SHLVL -u PWD | sort") {
      $0.environment = ["PATH": "/usr/bin:/bin", "A": "é \"x\"", "RUNBOOK_ATTEMPT": "other"]
    }
    #expect(log == "A=é \"x\"\nPATH=/usr/bin:/bin\nRUNBOOK_ATTEMPT=\(scratch.path)/step-1\n")
  }

  @Test func aZeroByteInAValueIsRefused() throws {
    let error = #expect(throws: SystemError.self) {
      try scratch.launch("true") { $0.environment["A"] = "x\0y" }
    }
    #expect(error?.code == EINVAL)
  }

  @Test func supervisorIsInAnotherSessionThanItsBlock() async throws {
    let (_, log) = try await scratch.run(
      "ps -o sess= -p $$ | tr -d ' '; ps -o sess= -p $PPID | tr -d ' '; echo $$ $PPID")
    let lines = log.split(separator: "\n")
    try #require(lines.count == 3)
    #expect("\(lines[0]) \(lines[1])" == lines[2])
  }

  @Test func missingFolder() async throws {
    let status = try await scratch.run("true") { $0.workingDirectory = "/no/such folder" }.status
    let error = SystemError("chdir", path: "/no/such folder", code: ENOENT)
    #expect(status.end == .failed(error))
    #expect(
      error.description == "can't go into the folder “/no/such folder”: No such file or directory")
  }

  @Test func missingProgram() async throws {
    let status = try await scratch.run("true") { $0.program = "no-such-program" }.status
    #expect(status.end == .failed(SystemError("exec", path: "no-such-program", code: ENOENT)))
  }

  @Test func missingSupervisor() throws {
    let error = #expect(throws: SystemError.self) {
      try scratch.start(scratch.block("true"), supervisor: "/no/such")
    }
    #expect(error == SystemError("posix_spawn", path: "/no/such", code: ENOENT))
  }

  @Test func aSupervisorThatSaysNothingIsAnError() throws {
    let error = #expect(throws: SystemError.self) {
      try scratch.start(scratch.block("true"), supervisor: "/bin/true")
    }
    #expect(error?.path == "/bin/true")
  }

  @Test func aFolderWithoutItsFIFOIsRefused() throws {
    let launch = try scratch.block("touch ran")
    unlink(launch.folder.control)
    let error = #expect(throws: SystemError.self) {
      try scratch.start(launch)
    }
    #expect(error == SystemError("open", path: launch.folder.control, code: ENOENT))
  }

  @Test func aSecondSupervisorOfAFolderIsRefused() async throws {
    let launch = try scratch.block("sleep 60")
    let first = try scratch.start(launch)
    let error = #expect(throws: SystemError.self) {
      try scratch.start(launch)
    }
    #expect(error?.call == "lock")
    first.abandon()
    #expect(try await scratch.end(of: first).end == .never)
  }

  @Test func aFolderIsNeverTakenOver() throws {
    let folder = try scratch.folder("true")
    #expect(throws: SystemError("mkdir", path: folder.path, code: EEXIST)) {
      try folder.create(script: [])
    }
  }

  @Test func timesAreOfTheBlock() async throws {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let status = try await scratch.run("sleep 0.3").status
    #expect(status.elapsed >= .milliseconds(290) && status.elapsed < .seconds(Patience.seconds))
    let started = Int64(now.tv_sec) * 1000
    #expect(status.ended >= started)
    #expect(status.ended < started + Int64(Patience.milliseconds))
  }
}
