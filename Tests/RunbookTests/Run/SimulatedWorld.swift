@testable import Runbook

/// What is there outside the runner, and stays when it dies: blocks that run, answers in files, values, the time.
final class SimulatedWorld {
  struct Process {
    let start: Double
    let script: ScriptedTry
    let grace: Double
    /// When it ends by itself, or by its supervisor's deadline; nil: never.
    var end: Double?
    var stop: StepStatus.Stop?
    var survives = false
  }

  let plan: Plan
  var now = 0.0
  var processes: [AttemptRef: Process] = [:]
  /// The blocks that really ran, in order.
  var log: [String] = []
  var runs: [BlockRef: Int] = [:]
  var values: [String: String] = [:]
  var answers: [Question.Topic: Answer.Choice] = [:]
  var interruptsLeft: [String]
  /// When the next one comes, once its time has begun; a runner's death does not put it off.
  var interruptMoment: Double?
  /// Gives an answer to the n-th question about something; nil: nobody answers.
  var reply: (Question, Int) -> Answer.Choice?
  private var asked: [String: [Question.Topic]] = [:]

  init(
    _ plan: Plan, interrupts: [String] = [],
    reply: @escaping (Question, Int) -> Answer.Choice? = { _, _ in nil }
  ) {
    self.plan = plan
    self.reply = reply
    interruptsLeft = interrupts
    for parameter in plan.parameters { values[parameter.name] = parameter.value }
  }

  // MARK: Blocks

  func script(_ reference: BlockRef) -> ScriptedTry {
    guard let block = plan.block(reference) else { return ScriptedTry("ok") }
    let tries = ScriptedTry.tries(block.code)
    return tries[min(runs[reference, default: 0], tries.count - 1)]
  }

  func openGate(_ attempt: AttemptRef, _ margin: Double) {
    guard let block = plan.block(attempt.block) else { return }
    let script = script(attempt.block)
    runs[attempt.block, default: 0] += 1
    log.append(name(attempt.block))
    var process = Process(start: now, script: script, grace: block.options.grace)
    process.end = script.naturalSeconds.map { now + $0 }
    if let limit = block.options.timeout.seconds, process.end ?? .infinity > now + limit + margin {
      process.end = now + limit + margin
      process.stop = .deadline
    }
    processes[attempt] = process
  }

  func setDeadline(_ attempt: AttemptRef, _ seconds: Double) {
    guard var process = processes[attempt], process.stop == .deadline || process.end == nil else {
      return
    }
    let natural = process.script.naturalSeconds.map { process.start + $0 } ?? .infinity
    process.stop = natural > now + seconds ? .deadline : nil
    process.end = min(natural, now + seconds)
    processes[attempt] = process
  }

  func stop(_ attempt: AttemptRef, isImmediate: Bool) {
    guard var process = processes[attempt], process.end ?? .infinity > now else { return }
    let grace = isImmediate ? 0 : process.grace
    let wait: Double =
      switch process.script.end {
      case .stubborn: grace
      case .unkillable: grace + 0.5
      default: min(0.1, grace)
      }
    process.survives = process.script.end == .unkillable
    process.end = now + wait
    process.stop = .request
    processes[attempt] = process
  }

  /// What its supervisor's status says now; nil: it runs.
  func result(_ attempt: AttemptRef, stopping: StopReason?) -> BlockResult? {
    guard let process = processes[attempt] else {
      return BlockResult(StepStatus(end: .never), stopping: nil)
    }
    guard let end = process.end, end <= now else { return nil }
    let took = Duration.milliseconds(Int64(((end - process.start) * 1000).rounded()))
    if let stop = process.stop {
      if process.survives {
        return BlockResult(
          StepStatus(
            end: .alive, elapsed: took, stop: stop,
            survivors: [NamedProcess(pid: 77, name: "stuck")]), stopping: stopping)
      }
      return BlockResult(
        StepStatus(end: .signalled(15), elapsed: took, stop: stop), stopping: stopping)
    }
    switch process.script.end {
    case .exit(let code):
      return BlockResult(StepStatus(end: .exited(Int32(code)), elapsed: took), stopping: nil)
    case .signal(let number):
      return BlockResult(StepStatus(end: .signalled(Int32(number)), elapsed: took), stopping: nil)
    default:
      var result = BlockResult(took: process.script.seconds)
      result.problem = "its supervisor was killed; how it ended is unknown"
      return result
    }
  }

  func name(_ reference: BlockRef) -> String {
    let role = plan.block(reference)?.role ?? .run
    let title = plan.step(reference.step)?.title ?? reference.step.text
    let same = plan.step(reference.step)?.blocks(role) ?? []
    let ordinal = same.count > 1 ? "#\((same.firstIndex(of: reference.index) ?? 0) + 1)" : ""
    return title + ordinal + (role == .run ? "" : " (\(role.rawValue))")
  }

  // MARK: Answers

  /// What a person will say; the same however often it is looked for.
  func answer(to question: Question) -> Answer.Choice? {
    if let known = answers[question.topic] { return known }
    let topic = question.topic
    let key = "\(topic.kind) \(topic.step?.text ?? "") \(topic.block ?? -1)"
    let place: Int
    if let known = asked[key]?.firstIndex(of: topic) {
      place = known
    } else {
      asked[key, default: []].append(topic)
      place = (asked[key]?.count ?? 1) - 1
    }
    guard let choice = reply(question, place) else { return nil }
    answers[topic] = choice
    return choice
  }
}
