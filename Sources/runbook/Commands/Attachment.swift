import Runbook

/// A view of a run that another process carries. It only reads; what a person answers goes to the run as a file.
final class Attachment {
  private let stored: StoredRun
  private let access: StateAccess
  private let door = FrontDoor.open(isJSON: false, isOnlooker: true)
  private let clock = SystemClock()
  private var state: RunState
  private var shown: Question.Topic?

  /// Between two looks at the journal, in seconds.
  private static let interval = 0.1

  init(stored: StoredRun, access: StateAccess) {
    self.stored = stored
    self.access = access
    state = stored.origin
  }

  func follow() throws {
    let mask = stored.mask
    let views = door.observers(
      plan: mask.mask(stored.plan), folder: stored.folder, mask: mask)
    let signals = try SignalQueue()
    var follower = JournalFollower(stored.folder)
    for view in views { view.begin(state) }
    var isCarried = true
    while true {
      for event in try follower.next() {
        state.apply(event)
        for view in views { view.observe(event, state) }
      }
      // Once it is written down: whoever looks into the note after this must find the end in it.
      if state.isRecorded || state.paused != nil || !isCarried { break }
      if signals.next() != nil { break }
      isCarried = try access.isCarried(stored)
      try ask(mask)
      for view in views { _ = view.tick(uptime: uptime, state) }
      let input = door.front.inputDescriptor.map { [$0] } ?? []
      clock.wait(for: input + [signals.descriptor], atMost: Self.interval)
    }
    door.close()
    try leave(mask, isCarried: isCarried)
  }

  /// The run's clock, as far as this process can tell.
  private var uptime: Double {
    guard let runner = state.runner else { return state.uptime }
    return clock.uptime - runner.clock + state.runnerUptime
  }

  private func ask(_ mask: SecretMask) throws {
    let open = state.questions.first { $0.value.answer == nil }?.value
    guard let open else {
      if shown != nil { door.front.withdraw() }
      shown = nil
      return
    }
    if shown != open.question.topic {
      shown = open.question.topic
      let left = open.question.seconds.map { max(0, open.asked + $0 - uptime) }
      door.front.present(open.question, secondsLeft: left)
    }
    if let answer = door.front.answer(to: open.question) {
      _ = try AnswerBox(stored.folder).put(mask.mask(answer), to: open.question.topic)
    }
  }

  private func leave(_ mask: SecretMask, isCarried: Bool) throws {
    guard state.outcome != nil || state.paused != nil else {
      let id = stored.id.short
      Output.print(
        isCarried
          ? "The run \(id) goes on. See it again: runbook attach \(id)  Stop it: runbook cancel \(id)"
          : "Nothing carries the run \(id) any more. Go on with it: runbook resume \(id)")
      throw ExitStatus(code: 76)
    }
    let summary = RunSummary(
      plan: mask.mask(stored.plan), state: state, record: nil, problems: [],
      logs: LogReader(plan: stored.plan, folder: stored.folder, mask: mask), style: .ofOutput)
    Output.print(summary.text)
    guard let status = state.exitStatus else { throw ExitStatus.paused }
    if status != 0 { throw ExitStatus(code: status) }
  }
}
