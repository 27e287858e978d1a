import Foundation
import Testing

@testable import Runbook

/// The journal's form, and what is read of a journal that is torn or damaged.
struct JournalTests {
  static let step = StepID("^build")
  static let block = BlockRef(step: step, index: 1)
  static let attempt = AttemptRef(block, attempt: 2)

  static let result: BlockResult = {
    var result = BlockResult(exit: 3, took: 1.25)
    result.signal = 9
    result.problem = "a “problem”\n"
    result.stopped = .silent
    result.left = [NamedProcess(pid: 4, name: "service")]
    result.survivors = [NamedProcess(pid: 5, name: "stuck")]
    return result
  }()

  static let question = Question(
    topic: Question.Topic(.failure, step: step, block: 1, attempt: 2), text: "What now?",
    choices: Answer.Choice.allCases, effects: [.stop: "undo nothing"], seconds: 60,
    otherwise: "roll back")

  /// Every kind of event; those with optional parts with and without them.
  static let kinds: [RunEvent.Kind] = [
    .runStarted(SimulatedRun.header(RunOptions())),
    .runner(RunnerInfo(pid: 7, bootID: "b", canAsk: true)),
    .stepStarted(RunEvent.StepStarted(step: step)),
    .evaluated(RunEvent.Evaluated(subject: .step(step), holds: true)),
    .evaluated(RunEvent.Evaluated(subject: .block(block), holds: false)),
    .blockStarted(
      RunEvent.BlockStarted(
        attempt: attempt, role: .doneIf, folder: "00005-build",
        process: StepProcess(pid: 8, startTime: .max, bootID: "b"))),
    .blockBegan(RunEvent.BlockBegan(attempt: attempt)),
    .blockFollowed(
      RunEvent.BlockFollowed(
        attempt: attempt, folder: "00005-build-follower-2",
        process: StepProcess(pid: 9, startTime: 1, bootID: "b"))),
    .link(RunEvent.Link(attempt: attempt, host: "prod", isUp: false, reason: "cut")),
    .link(RunEvent.Link(attempt: attempt, host: "prod", isUp: true, reason: "")),
    .hostStarted(RunEvent.HostStarted(attempt: attempt, host: "web1")),
    .hostEnded(
      RunEvent.HostEnded(
        attempt: attempt, host: "web1", result: result, logStart: 0, logEnd: 1 << 33)),
    .overdue(RunEvent.Overdue(attempt: attempt, isSilence: true)),
    .extended(RunEvent.Extended(attempt: attempt, seconds: 0.1, isSilence: true)),
    .extended(RunEvent.Extended(attempt: attempt, seconds: nil, isSilence: false)),
    .stopping(RunEvent.Stopping(attempt: attempt, reason: .logLimit, isImmediate: true)),
    .captured(RunEvent.Captured(name: "PREVIOUS", bytes: 65536)),
    .blockEnded(RunEvent.BlockEnded(attempt: attempt, result: result)),
    .blockEnded(RunEvent.BlockEnded(attempt: attempt, result: BlockResult(took: 0))),
    .blockSkipped(RunEvent.BlockSkipped(block: block, reason: "X is empty", isRefusal: true)),
    .pauseEnded(block),
    .asked(question),
    .asked(Question(topic: Question.Topic(.interrupt), text: "?", choices: [], seconds: nil)),
    .answered(
      RunEvent.Answered(topic: question.topic, answer: Answer(.retry, comment: "é", by: "ana"))),
    .answered(RunEvent.Answered(topic: Question.Topic(.beforeStep), answer: Answer(.none))),
    .withdrawn(Question.Topic(.timeout, step: step, block: 1, attempt: 2, round: 3)),
    .ambiguitySettled(
      RunEvent.AmbiguitySettled(attempt: attempt, choice: .rerun, text: "run again")),
    .leaving,
    .stepEnded(
      RunEvent.StepEnded(step: step, result: .timedOut, exit: 1, reason: "slow", took: 2.5)),
    .stepEnded(
      RunEvent.StepEnded(step: step, result: .byHand, exit: nil, reason: nil, took: nil)),
    .cancelRequested(RunEvent.CancelRequested(by: "SIGINT")),
    .failed(Failure(step: step, kind: .timedOut, exit: 1, reason: "slow", next: .rollback)),
    .failed(Failure(step: nil, kind: .cancelled, next: .stop)),
    .rollbackStarted(RunEvent.RollbackStarted(steps: [step, StepID("Deploy › Build")])),
    .stepRolledBack(RunEvent.StepRolledBack(step: step, isComplete: false)),
    .rollbackAbandoned,
    .finishing,
    .paused(RunEvent.Paused(step: step, reason: "a person does this step")),
    .warned(RunEvent.Warned(text: "tab\tand / slash \u{1F600}")),
    .noteSwap(
      WriteIntent(temporaryName: ".n.tmp", noteName: "n.md", hashOfOld: "a", hashOfNew: "b")),
    .runEnded(RunEvent.RunEnded(outcome: .rollbackFailed)),
    .recorded,
    .reopened(
      RunEvent.Reopened(
        by: "ana", step: step, open: [RunState.OpenStep(step: step, endedChildren: 2)],
        endedRoots: 1, steps: [step], blocks: [block], questions: [question.topic])),
    .suspended(RunEvent.Suspended(seconds: 5280.5)),
    .runStarted(
      SimulatedRun.header(RunOptions()).undone(
        Undoing(
          run: SimulatedRun.header(RunOptions()).id, by: "ana", startedAt: SimulatedRun.moment(0),
          record: "2026-08-21 140210 Note", steps: [step]),
        as: RunID(at: SimulatedRun.moment(5), random: 7), user: "bob", machine: "m", version: "1")),
  ]

  static let events: [RunEvent] = kinds.enumerated().map { index, kind in
    RunEvent(
      number: index + 1, at: SimulatedRun.moment(Double(index) * 1.5), uptime: Double(index) / 3,
      kind: SecretMask.none.mask(kind))
  }

  static func text() throws -> [UInt8] {
    Array(try events.map { try JSONText.encode($0, isPretty: false) + "\n" }.joined().utf8)
  }

  @Test func everyKindRoundTrips() throws {
    for event in Self.events {
      let text = try JSONText.encode(event, isPretty: false)
      #expect(JSONText.decode(RunEvent.self, Array(text.utf8)) == event, "\(text)")
      #expect(!text.contains("\n"))
    }
    #expect(try Journal.read(Self.text()).events == Self.events)
  }

  /// As earlier versions wrote it.
  @Test func anOldQuestionAndAnOldAnswerAreRead() throws {
    let question = #"{"topic":{"kind":"interrupt"},"text":"?","choices":["rollback","keep"]}"#
    #expect(
      JSONText.decode(Question.self, Array(question.utf8))
        == Question(
          topic: Question.Topic(.interrupt), text: "?", choices: [.rollback, .stop], seconds: nil))
    #expect(JSONText.decode(Answer.self, Array(#"{"choice":"keep"}"#.utf8)) == Answer(.stop))
    #expect(JSONText.decode(Answer.self, Array(#"{"choice":"never"}"#.utf8)) == nil)
  }

  @Test func everyKindIsThere() {
    let names = Set(Self.kinds.map { "\($0)".prefix { $0 != "(" } })
    #expect(names.count == EventName.allCases.count)
  }

  @Test func form() throws { try Golden.check(Self.text(), "Run/journal.jsonl") }

  @Test func everyCutReadsAsWhatIsWhole() throws {
    let bytes = try Self.text()
    var whole = 0
    var length = 0
    for cut in 0...bytes.count {
      if cut > 0, bytes[cut - 1] == UInt8(ascii: "\n") {
        whole += 1
        length = cut
      }
      // All of them would be quadratic.
      guard
        cut < length + 3 || bytes[cut...].prefix(2).contains(UInt8(ascii: "\n")) || cut % 61 == 0
      else { continue }
      let contents = try Journal.read(Array(bytes[..<cut]))
      #expect(contents.events == Array(Self.events[..<whole]))
      #expect(contents.length == Int64(length))
    }
  }

  @Test func damageNamesItsLine() throws {
    let lines = try Self.text().split(separator: UInt8(ascii: "\n")).map(Array.init)
    for index in lines.indices {
      for broken in [Array(lines[index].dropLast()), Array("{}".utf8), [], [0xFF, 0xFE]] {
        var damaged = lines
        damaged[index] = broken
        let bytes = damaged.flatMap { $0 + [UInt8(ascii: "\n")] }
        let error = #expect(throws: Journal.Damage.self) { try Journal.read(bytes) }
        #expect(error?.line == index + 1)
        #expect(error?.description.hasPrefix("line \(index + 1) of the journal") == true)
      }
    }
  }

  @Test func aMissingLineIsDamage() throws {
    var lines = try Self.text().split(separator: UInt8(ascii: "\n")).map(Array.init)
    lines.remove(at: 3)
    let error = #expect(throws: Journal.Damage.self) {
      try Journal.read(lines.flatMap { $0 + [UInt8(ascii: "\n")] })
    }
    #expect(error?.description.contains("event 5 stands where event 4 should") == true)
  }

  @Test func aNewerFormIsRefused() throws {
    let line = #"{"at":"x","event":"unheard-of","n":1,"up":0,"v":2}"# + "\n"
    let error = #expect(throws: Journal.Damage.self) { try Journal.read(Array(line.utf8)) }
    #expect(error?.description.contains("newer runbook") == true)
  }

  /// An uptime has more digits than the journal keeps; what is live must not differ from what is read.
  @Test func liveTimesAreTheJournals() throws {
    var random = SeededGenerator(SeededGenerator.seed)
    for _ in 0..<10_000 {
      let uptime = Double(random.next() % 1_000_000_000_000) / 777_777
      let event = RunEvent(
        number: 1, at: SimulatedRun.moment(0), uptime: uptime,
        kind: SecretMask.none.mask(RunEvent.Kind.finishing))
      let text = try JSONText.encode(event, isPretty: false)
      #expect(JSONText.decode(RunEvent.self, Array(text.utf8)) == event)
    }
  }
}
