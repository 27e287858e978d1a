import Runbook

/// The live view and the questions of a run in a terminal.
final class TerminalFront: RunFront, RunObserver {
  private let painter: LivePainter
  private let input: TerminalInput
  private var view: StepView?
  private var logs: LogReader?
  /// For what a person writes; all else is masked before it comes here.
  private var mask = SecretMask.none
  private var model = LiveModel(title: "")
  private var lineOfStep: [StepID: Int] = [:]
  private var question: QuestionView?
  /// What can be read about the question that was asked last.
  private var readable: StepPage?
  /// When the painter last got the model, by the run's clock.
  private var lastShown = -1.0
  private var hasNews = true
  private var tailSize: Int64 = -1
  private var usual: UsualTimes?
  /// The lines whose clocks go on, and the moment that they show.
  private var going: Set<Int> = []
  private var moment = SuspendingClock.now

  /// The painter draws at most so often; handing it every event of a fast run would copy the steps each time.
  private static let interval = 0.04
  private static let tailInterval = 0.2
  private static let tailLines = 5
  private static let hostLines = 12

  init?(style: Style, input: TerminalInput) {
    guard let painter = LivePainter(descriptor: 1, style: style) else { return nil }
    self.painter = painter
    self.input = input
  }

  func show(
    _ plan: Masked<Plan>, _ logs: LogReader, _ mask: SecretMask, _ usual: UsualTimes
  ) {
    let plan = plan.value
    let view = StepView(plan: plan)
    self.view = view
    self.logs = logs
    self.mask = mask
    self.usual = usual
    let empty = RunState()
    model = LiveModel(title: plan.title, steps: plan.steps.map { view.line($0, empty) })
    lineOfStep = Dictionary(
      zip(plan.steps.map(\.id), plan.steps.indices), uniquingKeysWith: { first, _ in first })
    input.enter()
  }

  /// The painter lets clocks go on from what it is given, so that has to be true now.
  private func draw() {
    advance()
    painter.update(model)
  }

  private func advance() {
    let now = SuspendingClock.now
    let seconds = moment.duration(to: now) / .seconds(1)
    moment = now
    for index in going where !model.isWaiting {
      model.steps[index].elapsed = model.steps[index].elapsed.map { $0 + seconds }
    }
    if let left = model.menu?.secondsLeft { model.menu?.secondsLeft = max(0, left - seconds) }
  }

  func close() {
    draw()
    painter.stop()
    input.leave()
  }

  // MARK: Events

  /// What was before this view: a run that is gone on with.
  func begin(_ state: RunState) {
    for step in state.steps.keys { refresh(step, state) }
  }

  func observe(_ event: RunEvent, _ state: RunState) {
    hasNews = true
    advance()
    model.header = header(state)
    model.isWaiting = state.waiting != nil
    switch event.kind {
    case .asked(let question): readable = view.flatMap { StepPage(question, $0.plan, state) }
    case .suspended(let value):
      painter.print(above: ["the machine slept for \(Elapsed.text(value.seconds))"])
    case .warned(let value): painter.print(above: [value.text])
    case .ambiguitySettled(let value): painter.print(above: [value.text])
    default: break
    }
    model.footer = footer(state)
    for step in steps(of: event) + [state.undoing].compactMap(\.self) { refresh(step, state) }
    if let hosts = fleet(state) {
      model.tail = hosts
    } else if case .blockEnded(let value) = event.kind {
      // What stands in its log by now may be more than was shown of it.
      model.tail = value.result.isSuccess ? [] : lastLines(of: value.attempt, state)
    } else if state.running == nil, !isAboutTheFailure(event) {
      model.tail = []
    }
    if event.uptime - lastShown >= Self.interval { push(event.uptime, state) }
  }

  func tick(uptime: Double, _ state: RunState) -> Double? {
    if let running = state.running, fleet(state) == nil { readTail(running) }
    loadUsual(uptime, state)
    if hasNews, uptime - lastShown >= Self.interval { push(uptime, state) }
    if hasNews { return lastShown + Self.interval }
    return state.running == nil ? nil : uptime + Self.tailInterval
  }

  private func loadUsual(_ uptime: Double, _ state: RunState) {
    guard state.running != nil, let step = state.open.last?.step, let note = state.header?.note,
      let start = state.steps[step]?.startUptime, uptime >= start + UsualTimes.patience,
      usual?.load(note) == true
    else { return }
    for (id, index) in lineOfStep { model.steps[index].usual = usual?.time(of: id) }
    hasNews = true
  }

  private func push(_ uptime: Double, _ state: RunState) {
    advance()
    // A view that was attached late has only seen events that are long past.
    for open in state.open {
      guard let index = lineOfStep[open.step] else { continue }
      guard let step = view?.plan.step(open.step) else { continue }
      model.steps[index].elapsed = view?.elapsed(step, state, at: uptime)
    }
    // Neither what is undone nor an `always` block's step is open.
    for id in [state.undoing, state.running?.attempt.block.step].compactMap(\.self) {
      guard let view, let index = lineOfStep[id], let step = view.plan.step(id) else { continue }
      model.steps[index].elapsed = view.elapsed(step, state, at: uptime)
    }
    painter.update(model)
    lastShown = uptime
    hasNews = false
  }

  /// `run 7f3a · rolling back, 2 of 3 steps`
  private func header(_ state: RunState) -> String {
    guard let header = state.header else { return "" }
    let run = "run \(header.id.short)"
    guard let rollback = state.rollback, state.undoing != nil else { return run }
    let count = rollback.steps.count
    return "\(run) · rolling back, \(rollback.done + 1) of \(count) step\(count == 1 ? "" : "s")"
  }

  private func footer(_ state: RunState) -> String? {
    guard state.outcome == nil else { return nil }
    let what = state.rollback != nil && !state.isFinishing ? "the rollback" : "the cleaning up"
    if state.rollback != nil || state.isFinishing, state.cancelRequestsAtEnd == 1 {
      return "\(what) goes on · Ctrl-C again ends it"
    }
    if state.rollback != nil { return "Ctrl-C twice ends \(what)" }
    if state.cancelRequests > 0 {
      let isAsked = state.questions.contains { $0.key.kind == .interrupt && $0.value.answer == nil }
      return isAsked ? "Ctrl-C again ends it at once" : "stopping · Ctrl-C again ends it at once"
    }
    return nil
  }

  private func refresh(_ step: StepID, _ state: RunState) {
    guard let view, let index = lineOfStep[step], let step = view.plan.step(step) else { return }
    var line = view.line(step, state)
    line.usual = usual?.time(of: step.id)
    if line.mark == .running { going.insert(index) } else { going.remove(index) }
    model.steps[index] = line
  }

  private func steps(of event: RunEvent) -> [StepID] {
    switch event.kind {
    case .stepStarted(let value): [value.step]
    case .stepEnded(let value): [value.step]
    case .blockStarted(let value): [value.attempt.block.step]
    case .blockEnded(let value): [value.attempt.block.step]
    case .extended(let value): [value.attempt.block.step]
    case .stopping(let value): [value.attempt.block.step]
    case .asked(let question): [question.topic.step].compactMap(\.self)
    case .answered(let value): [value.topic.step].compactMap(\.self)
    case .withdrawn(let topic): [topic.step].compactMap(\.self)
    case .overdue(let value): [value.attempt.block.step]
    case .hostStarted(let value): [value.attempt.block.step]
    case .hostEnded(let value): [value.attempt.block.step]
    case .link(let value): [value.attempt.block.step]
    case .stepRolledBack(let value): [value.step]
    case .rollbackAbandoned, .runEnded: Array(lineOfStep.keys)
    case .paused(let value): [value.step]
    default: []
    }
  }

  /// Between a failure and the answer to what now, the last lines stay: they say why.
  private func isAboutTheFailure(_ event: RunEvent) -> Bool {
    switch event.kind {
    case .asked(let question): question.topic.kind == .failure
    case .noteSwap, .recorded: true
    default: false
    }
  }

  private func lastLines(of attempt: AttemptRef, _ state: RunState) -> [String] {
    guard let folder = state.blocks[attempt.block]?.last?.folder, !folder.isEmpty else { return [] }
    return logs?.lastLines(of: folder, attempt.block, count: Self.tailLines) ?? []
  }

  /// A line a host of the group that the block which runs is on.
  private func fleet(_ state: RunState) -> [String]? {
    guard let running = state.running,
      let hosts = state.blocks[running.attempt.block]?.last?.hosts, !hosts.isEmpty
    else { return nil }
    return FleetView.lines(hosts, most: Self.hostLines)
  }

  private func readTail(_ running: RunState.RunningAttempt) {
    guard let logs else { return }
    let size = logs.size(of: running.folder)
    guard size != tailSize else { return }
    tailSize = size
    model.tail = logs.lastLines(
      of: running.folder, running.attempt.block, count: Self.tailLines)
    hasNews = true
  }

  // MARK: Questions

  private var hasHungUp = false
  /// Another process carries the run, and knows nothing of what the person does here.
  var isOnlooker = false
  var canAsk: Bool { !hasHungUp && painter.isWatched }

  func hangUp() { hasHungUp = true }

  var inputDescriptor: Int32? { input.descriptor }

  func present(_ question: Question, secondsLeft: Double?) {
    // One that is put again is where the person left it.
    let isAgain = self.question?.question == question
    var shown = self.question ?? QuestionView(question: question)
    if !isAgain { shown = QuestionView(question: question) }
    shown.hasPage = readable != nil
    if !isAgain {
      // Before it is to be seen: who presses a key at once means it.
      input.enter()
      input.dropTypedAhead()
    }
    show(shown, secondsLeft: secondsLeft)
  }

  private func show(_ shown: QuestionView, secondsLeft: Double?) {
    question = shown
    advance()
    // Whoever carries the run lets the time stand while the person is busy.
    let stands = isBusy && !isOnlooker
    model.menu = shown.menu(secondsLeft: stands ? nil : secondsLeft, mask)
    draw()
  }

  var isBusy: Bool { model.page != nil || question?.draft != nil }

  func answer(to question: Question) -> Answer? {
    guard let shown = self.question, shown.question == question else { return nil }
    for key in input.readKeys() {
      if let choice = take(key) {
        return Answer(choice, comment: self.question?.comment, by: ProcessContext.user)
      }
    }
    return nil
  }

  /// What a key says to the question; nil: it is about something else, or nothing.
  private func take(_ key: Character) -> Answer.Choice? {
    guard var shown = question else { return nil }
    if model.page != nil {
      turnPage(key)
    } else if shown.draft != nil {
      shown.write(key)
      show(shown, secondsLeft: model.menu?.secondsLeft)
    } else if key == QuestionView.commentKey, shown.takesComment {
      shown.draft = shown.comment ?? ""
      show(shown, secondsLeft: model.menu?.secondsLeft)
    } else if key == QuestionView.pageKey, let readable, let logs {
      model.page = readable.page(logs)
      show(shown, secondsLeft: model.menu?.secondsLeft)
    } else {
      return shown.choice(for: key)
    }
    return nil
  }

  private func turnPage(_ key: Character) {
    let rows = LiveFrame.pageRows(height: painter.rows)
    if case .closes = model.page?.turn(key, rows: rows) { model.page = nil }
    draw()
  }

  func withdraw() {
    question = nil
    model.menu = nil
    model.page = nil
    draw()
  }

  func lend(_ isLent: Bool) {
    if isLent {
      draw()
      painter.pause()
      input.leave()
    } else {
      input.enter()
      painter.resume()
    }
  }
}
