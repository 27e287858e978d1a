import Testing

@testable import Runbook

@Suite struct StepStatusTests {
  static let whole = """
    exit 3
    elapsed_ms 1234
    ended 1795402313295
    stopped log-limit
    a line of a later version
    left 12 my name with spaces
    survivor 0 
    more 7
    end

    """

  @Test func everyLineIsRead() {
    let status = StepStatus(parsing: Array(Self.whole.utf8) + [0, 0, 0])
    #expect(
      status
        == StepStatus(
          end: .exited(3), elapsed: .milliseconds(1234), ended: 1_795_402_313_295, stop: .logLimit,
          left: [NamedProcess(pid: 12, name: "my name with spaces")],
          survivors: [NamedProcess(pid: 0, name: "")], unnamed: 7))
  }

  @Test func noPartPassesForTheWhole() {
    let bytes = Array(Self.whole.utf8)
    for count in bytes.indices { #expect(StepStatus(parsing: Array(bytes[..<count])) == nil) }
  }

  @Test(arguments: [
    ("signal 9", StepStatus.End.signalled(9)), ("never", .never), ("alive", .alive),
    ("failed 2 chdir /a b", .failed(SystemError("chdir", path: "/a b", code: 2))),
    ("failed 11 fork", .failed(SystemError("fork", code: 11))),
  ])
  func ends(line: String, end: StepStatus.End) {
    #expect(StepStatus(parsing: Array("\(line)\nend\n".utf8))?.end == end)
  }

  @Test(arguments: [
    "", "end\n", "exit\nend\n", "exit x\nend\n", "never 1\nend\n", "failed 2\nend\n",
    "\u{0}exit 0\nend\n",
    "elapsed_ms 3\nend\n", "exit 99999999999\nend\n",
  ])
  func nonsenseIsNone(text: String) {
    #expect(StepStatus(parsing: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    (Duration.seconds(2), 2000), (.nanoseconds(1), 1), (.microseconds(1001), 2), (.zero, 0),
    (.seconds(-3), 0), (.seconds(Int64.max), 999_999_999_999_999),
  ])
  func milliseconds(duration: Duration, count: Int) {
    #expect(duration.wholeMilliseconds == count)
  }

  @Test func aDeadlineOfNothingIsNotNone() {
    #expect(Duration?.some(.zero).wholeMilliseconds == "1")
    #expect(Duration?.none.wholeMilliseconds == "0")
  }

  @Test func systemErrorsSpeakPlainly() {
    #expect(
      SystemError("open", path: "/x", code: 13).description == "can't open “/x”: Permission denied")
    #expect(SystemError("pipe", code: 24).description == "can't make a pipe: Too many open files")
  }
}
