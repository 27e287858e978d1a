import TestSupport
import Testing

@testable import RunbookCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One at a time: `TerminalGuard` holds one terminal.
@Suite(.paced, .serialized) struct TerminalInputTests {
  private func isSet(_ mode: Int32, _ pty: TestTerminal) -> Bool {
    pty.localModes & tcflag_t(mode) != 0
  }

  private func keys(_ input: TerminalInput, count: Int) -> [Character] {
    var keys: [Character] = []
    let end = ContinuousClock.now + .seconds(Patience.seconds)
    while keys.count < count, .now < end {
      var entry = pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&entry, 1, 1000)
      keys += input.readKeys()
    }
    return keys
  }

  @Test func keysWithoutEchoAndTheModesBack() throws {
    let pty = try TestTerminal(.usual)
    let before = pty.localModes
    let input = try #require(TerminalInput(descriptor: pty.device))
    #expect(input.enter())
    #expect(!isSet(ICANON, pty) && !isSet(ECHO, pty) && isSet(ISIG, pty))
    pty.type("b\u{1B}[Aé")
    #expect(keys(input, count: 3) == ["b", KeyDecoder.up, "é"])
    #expect(pty.output(milliseconds: 0).isEmpty)
    #expect(input.readKeys().isEmpty)
    input.leave()
    #expect(pty.localModes == before)
  }

  @Test func whatWasTypedAheadIsNoAnswer() throws {
    let pty = try TestTerminal(.usual)
    let input = try #require(TerminalInput(descriptor: pty.device))
    pty.type("\n\n")
    #expect(pty.hasInput(milliseconds: Patience.milliseconds))
    input.enter()
    pty.type("yyy")
    #expect(pty.hasInput(milliseconds: Patience.milliseconds))
    input.dropTypedAhead()
    pty.type("n")
    #expect(keys(input, count: 1) == ["n"])
    input.leave()
  }

  @Test(arguments: [true, false]) func aLine(isHidden: Bool) throws {
    let pty = try TestTerminal(.usual)
    let before = pty.localModes
    let input = try #require(TerminalInput(descriptor: pty.device))
    input.enter()
    pty.type("typed ahead\n")
    #expect(pty.hasInput(milliseconds: Patience.milliseconds))
    var terminal = VirtualTerminal(.usual)
    var hasAnswered = false
    let line = input.askLine(prompt: "Name: ", hidden: isHidden) {
      terminal.feed(pty.output(milliseconds: 0))
      if !hasAnswered, terminal.lines.last?.hasPrefix("Name:") == true {
        hasAnswered = true
        pty.type("ana é\n")
      }
      return false
    }
    #expect(line == "ana é")
    #expect(input.isEntered && !isSet(ICANON, pty))
    terminal.feed(pty.output(milliseconds: 100))
    #expect(terminal.lines == [isHidden ? "Name:" : "Name: ana é"])
    input.leave()
    #expect(pty.localModes == before)
  }

  @Test func aLineThatNobodyTypes() throws {
    let pty = try TestTerminal(.usual)
    let before = pty.localModes
    let input = try #require(TerminalInput(descriptor: pty.device))
    #expect(input.askLine(prompt: "? ", isCancelled: { true }) == nil)
    #expect(pty.localModes == before)
    var isFirst = true
    let ended = input.askLine(prompt: "? ") {
      if isFirst { pty.type("\u{4}") }
      isFirst = false
      return false
    }
    #expect(ended == nil)
    pty.hangUp()
    #expect(input.askLine(prompt: "? ") == nil)
  }

  @Test func whatIsNoTerminalIsRefused() throws {
    let pipe = try #require(WakePipe())
    #expect(TerminalInput(descriptor: pipe.readEnd) == nil)
    pipe.close()
  }
}
