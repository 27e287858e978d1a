import Testing

@testable import Runbook

/// What is sent to a host, and what is understood of its answers, as values.
struct HostValueTests {
  private static let client = SSHClient(configFile: TrustedPath(own: "/c"), socket: "/run/s")

  private static var launch: HostLaunch {
    HostLaunch(
      host: "prod", client: client,
      block: RemoteBlock(
        run: "20260821-140210-7f3a", attempt: "00007-upload",
        interpreter: ["bash"], folder: "~/app", names: ["A", "B"], deadline: 1.005, grace: 10,
        logLimit: 1 << 30, captures: true), stop: nil)
  }

  @Test func aHostIsNeverTakenForAnOption() {
    for use in [SSHClient.Use.opens, .shares, .own] {
      #expect(Self.client.words(host: "prod", use).suffix(3) == ["--", "prod", "exec sh"])
    }
  }

  @Test func onlyTheOpenerLeavesAConnectionBehind() {
    #expect(Self.client.words(host: "a", .opens).contains("ControlMaster=auto"))
    for use in [SSHClient.Use.shares, .own] {
      #expect(Self.client.words(host: "a", use).contains("ControlMaster=no"))
    }
    #expect(Self.client.words(host: "a", .own).contains("ControlPath=none"))
  }

  @Test func aProgramIsOneGroup() {
    let program = HostProgram.run(
      Self.launch, script: Array("it's\n".utf8), values: ["A": "a'b"], word: "w", offset: 5)
    let lines = program.text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(lines.first == "{")
    #expect(lines.suffix(4) == ["'run_block' 'bash' ", "exit", "}", ""])
    // B has no value, so it is not sent.
    #expect(lines.filter { $0.hasPrefix("export ") } == ["export A='a'\\''b'"])
    #expect(lines.contains("script='it'\\''s") && lines.contains("offset='5'"))
    #expect(lines.contains("deadline='101'") && lines.contains("grace='1000'"))
  }

  @Test func newsBecomeAVerdict() {
    var news = HostNews()
    for line in [
      "is exit 137", "is stopped deadline", "is survivor 12 a b", "is end", "output 6f 75",
      "output 74 0a",
    ] { news.take(line.split(separator: " ").map(String.init)) }
    #expect(news.verdict(sent: 100) == nil)
    news.take(["end", "24"])
    #expect(news.verdict(sent: 23) == nil)
    var expected = HostVerdict(.exited(137))
    expected.stopped = "deadline"
    expected.survivors = [NamedProcess(pid: 12, name: "a b")]
    #expect(news.verdict(sent: 24) == expected)
    #expect(news.output == Array("out\n".utf8))
  }

  @Test func aStopInTimeIsNoStop() {
    // It ended by itself before the stop came there: that is what counts.
    var result = BlockResult(exit: 0, took: 1)
    result.stopped = .timedOut
    result.take(HostVerdict(.exited(0)), host: "prod", look: "ssh prod", stopping: .timedOut)
    #expect(result.isSuccess)
  }

  @Test func whatCantBeKnownIsASurvivorThere() {
    var result = BlockResult(exit: 1, took: 1)
    var verdict = HostVerdict(.unknown(.timedOut("prod", ssh: "ssh prod")))
    verdict.pid = 7
    result.take(verdict, host: "prod", look: "ssh prod", stopping: .cancelled)
    #expect(result.stopped == .cancelled && result.isEndUnknown && !result.isSuccess)
    #expect(result.survivors == [NamedProcess(pid: 7, name: "", host: "prod")])
    #expect(result.survivors.first?.isSure == false)
  }

  @Test func whatNeverBeganHasNothingToUndo() {
    for end in [
      HostVerdict.End.never, .failed("chdir /x"), .unreachable(.timedOut("prod", ssh: "ssh prod")),
    ] {
      var result = BlockResult(exit: 1, took: 1)
      result.stopped = .timedOut
      result.take(HostVerdict(end), host: "prod", look: "ssh prod", stopping: .timedOut)
      #expect(!result.hasRun && !result.isVoid, "\(end)")
    }
  }

  @Test func lockNamesAreFileNames() {
    #expect(HostLock.fileName("prod-db_1") == "prod-db_1")
    for name in ["a/b", "..", "a b", "é", String(repeating: "x", count: 61), "a\nb"] {
      let file = HostLock.fileName(name)
      #expect(file.count == 32 && !file.contains("/"), "\(name)")
    }
  }
}
