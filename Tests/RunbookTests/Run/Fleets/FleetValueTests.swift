import Testing

@testable import Runbook

/// Which hosts of a group are taken when, and what comes of it all, as values.
struct FleetValueTests {
  private static func launch(serial: Int?, stops: Bool = true) -> FleetLaunch {
    FleetLaunch(
      hosts: ["a", "b", "c", "d", "e"], serial: serial, forks: nil, stopsAtFailure: stops,
      perHost: [], ansible: Ansible(inventory: TrustedPath(own: "/i/hosts.ini"), sshConfig: nil),
      block: RemoteBlock(
        run: "20260821-140210-7f3a", attempt: "00007-a", interpreter: ["sh"], folder: nil,
        names: [], deadline: nil, grace: 1, logLimit: 0, captures: false),
      origin: "/o", stop: nil)
  }

  @Test func batchesGoOnWhereTheyStood() {
    let launch = Self.launch(serial: 2)
    #expect(launch.pending([:]).batches == [2, 2, 1])
    #expect(launch.pending(["a": true]).hosts == ["b", "c", "d", "e"])
    #expect(launch.pending(["a": true]).batches == [1, 2, 1])
    // The batch of a failing host is taken to its end, and no other.
    #expect(launch.pending(["a": true, "b": true, "c": false]).hosts == ["d"])
    #expect(launch.pending(["a": false, "b": true]).hosts == [])
    #expect(Self.launch(serial: nil).pending(["c": false]).hosts == ["a", "b", "d", "e"])
    // Undoing goes on.
    #expect(Self.launch(serial: 1, stops: false).pending(["a": false]).batches == [1, 1, 1, 1])
  }

  private static func host(_ name: String, _ result: BlockResult?) -> HostProgress {
    var progress = HostProgress(host: name)
    if result != nil { progress.startedAt = WallTime(milliseconds: 0) }
    progress.result = result
    return progress
  }

  @Test func aSumNamesEachHostThatWasNotWell() {
    var sum = BlockResult(exit: 1, took: 2)
    sum.take(
      [
        Self.host("a", BlockResult(exit: 0, took: 1)),
        Self.host("b", BlockResult(exit: 7, took: 1)),
        Self.host("c", BlockResult(exit: 7, took: 1)), Self.host("d", nil),
      ], complaint: nil, stopping: nil)
    #expect(sum.problem == "exit 7 on b, c; not begun on d")
    #expect(sum.exit == 7 && sum.hasRun && sum.isOrdinaryFailure)
  }

  @Test func allWellIsWell() {
    var sum = BlockResult(exit: 1, took: 2)
    sum.stopped = .timedOut
    sum.take(
      [Self.host("a", BlockResult(exit: 0, took: 1))], complaint: nil, stopping: .timedOut)
    #expect(sum.isSuccess)
  }

  @Test func anUnknownEndIsUnknownOnTheWhole() {
    var unknown = BlockResult(took: 1)
    unknown.take(
      HostVerdict(.unknown(.timedOut("b", ssh: "ssh b"))), host: "b", look: "ssh b", stopping: nil)
    var sum = BlockResult(exit: 1, took: 2)
    sum.take(
      [Self.host("a", BlockResult(exit: 3, took: 1)), Self.host("b", unknown)], complaint: nil,
      stopping: nil)
    #expect(sum.isEndUnknown && sum.survivors.map(\.host) == ["b"])
  }

  @Test func whatNeverBeganHasNothingToUndo() {
    var sum = BlockResult(exit: 1, took: 2)
    sum.take(
      [Self.host("a", nil)], complaint: "no such option", stopping: nil)
    #expect(!sum.hasRun && sum.problem == "no such option; not begun on a")
  }

  private static func answer(_ errors: String, status: Int32 = 0, output: String = "w\n")
    -> HostVerdict
  {
    FleetAnswer(
      host: "a", word: "w", status: status, took: 1, output: Array(output.utf8),
      errors: Array(errors.utf8)
    ).verdict
  }

  @Test func answersBecomeVerdicts() {
    #expect(Self.answer("w is exit 3\nw end 0\n") == HostVerdict(.exited(3)))
    // A part of the log is missing.
    if case .unknown = Self.answer("w started 5\nw is exit 0\nw end 9\n").end {
    } else {
      Issue.record("it is known")
    }
    let refused = "ssh: connect to host a port 22: Connection refused\n"
    if case .unreachable = Self.answer(refused, status: 255, output: "").end {
    } else {
      Issue.record("it may have begun")
    }
    // That ssh ended does not tell whether something began.
    if case .unknown = Self.answer("", status: 255, output: "").end {
    } else {
      Issue.record("it has not begun")
    }
  }

  @Test func nothingOfTheUsersMayBreakWhatIsRead() {
    let environment = Self.launch(serial: nil).ansible.environment(
      ["ANSIBLE_STDOUT_CALLBACK": "yaml", "ANSIBLE_STRATEGY": "free", "ANSIBLE_FORKS": "9"],
      job: "/job")
    #expect(environment["ANSIBLE_STDOUT_CALLBACK"] == "runbook_lines")
    #expect(environment["ANSIBLE_STRATEGY"] == "linear")
    #expect(environment["ANSIBLE_FORKS"] == "9")
  }
}
