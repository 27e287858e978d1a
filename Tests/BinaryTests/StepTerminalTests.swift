#if canImport(Glibc)
  import Glibc
  import Runbook
  import TestSupport
  import Testing

  /// Interactive blocks, each in a process that leads a session of its own on a new pseudo-terminal.
  @Suite(.paced) struct StepTerminalTests {
    let scratch: StepScratch
    init() throws { scratch = try StepScratch() }

    @Test func theBlockReadsAndWritesTheTerminal() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        let terminal = try PseudoTerminal()
        let handle = try terminal.launch(
          in: path, "read -r line; echo \"got $line\"; ps -o pgid=,tpgid= -p $$; stty -echo -icanon"
        )
        try handle.openGate()
        terminal.type("hello\n")
        try terminal.read(until: "got hello\r\n")
        #expect(try terminal.end(of: handle).end == .exited(0))
        let groups = try terminal.read(until: "\r\n").split(separator: " ")
        try #require(groups.count == 2)
        #expect(groups[0] == groups[1].prefix { $0.isNumber })
        #expect(terminal.isOursAndAsItWas)
      }
    }

    @Test func interruptMeetsTheBlockAlone() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        let terminal = try PseudoTerminal()
        let handle = try terminal.launch(in: path, "stty raw isig; echo up; sleep 100")
        try handle.openGate()
        try terminal.read(until: "up")
        terminal.type("\u{3}")
        #expect(try terminal.end(of: handle).end == .signalled(SIGINT))
        #expect(terminal.isOursAndAsItWas)
      }
    }

    @Test func suspendDoesNotHang() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        let terminal = try PseudoTerminal()
        let handle = try terminal.launch(in: path, "echo up; sleep 0.5; echo on; exit 4")
        try handle.openGate()
        try terminal.read(until: "up")
        terminal.type("\u{1A}")
        try terminal.read(until: "on")
        #expect(try terminal.end(of: handle).end == .exited(4))
      }
    }

    @Test func capturesWithATerminal() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        let terminal = try PseudoTerminal()
        let handle = try terminal.launch(
          in: path, "read -r -p 'name? ' name; echo \"$name\"", captures: true)
        try handle.openGate()
        try terminal.read(until: "name? ")
        terminal.type("ana\n")
        #expect(try terminal.end(of: handle).end == .exited(0))
        #expect(terminal.text(handle.folder.output) == "ana\n")
      }
    }

    @Test func theDeadlineHoldsThereToo() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        let terminal = try PseudoTerminal()
        let handle = try terminal.launch(
          in: path, "trap '' TERM; stty raw; sleep 100; sleep 100", deadline: .milliseconds(300))
        try handle.openGate()
        #expect(try terminal.end(of: handle).stop == .deadline)
        #expect(terminal.isOursAndAsItWas)
      }
      #expect(scratch.living().isEmpty)
    }

    @Test func aStoppedBlockMayStillTidyTheTerminal() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        let terminal = try PseudoTerminal()
        let handle = try terminal.launch(
          in: path, "trap 'stty sane && echo tidy; exit 7' TERM; echo up; sleep 100 & wait")
        try handle.openGate()
        try terminal.read(until: "up")
        handle.stop()
        try terminal.read(until: "tidy")
        let status = try terminal.end(of: handle)
        #expect(status.end == .exited(7) && status.stop == .request)
        #expect(terminal.isOursAndAsItWas)
      }
    }

    @Test func withoutATerminalItIsRefused() async throws {
      await #expect(processExitsWith: .success) { [path = scratch.path as String] in
        setsid()
        let error = #expect(throws: SystemError.self) {
          try PseudoTerminal.launch(in: path, "true", captures: false, deadline: nil)
        }
        #expect(error == SystemError("open", path: "/dev/tty", code: ENXIO))
      }
    }
  }
#endif
