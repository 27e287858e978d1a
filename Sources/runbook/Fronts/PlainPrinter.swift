import Runbook

/// One plain line an event, where there is no terminal to draw on.
final class PlainPrinter: RunObserver {
  private let plan: Plan
  private let log: PlainLog
  private let usual: UsualTimes
  /// The steps that were said to be slow.
  private var slow: Set<StepID> = []
  /// The end of a try that failed. Where the step ends with it at once, the step's own line says it all.
  private var held: (step: StepID, line: SafeText)?

  init(plan: Masked<Plan>, style: Style, usual: UsualTimes) {
    self.plan = plan.value
    log = PlainLog(style: style)
    self.usual = usual
  }

  func observe(_ event: RunEvent, _ state: RunState) {
    if case .blockEnded(let value) = event.kind, isRun(value), !value.result.isSuccess {
      flush()
      let step = value.attempt.block.step
      let told = value.result.told(of: plan.block(value.attempt.block))
      let line = self.step(step, event.at.time, .failed, told)
      held = line.map { (step, $0) }
      return
    }
    switch event.kind {
    case .failed: return
    case .stepEnded(let value) where value.step == held?.step && isOfTry(value.result): held = nil
    default: flush()
    }
    if let line = line(event, state) { Output.print(line) }
  }

  /// The run waits: nothing more comes for now.
  func tick(uptime: Double, _ state: RunState) -> Double? {
    flush()
    return sayIfSlow(uptime, state)
  }

  /// Once a step. Gives when it is to be asked again.
  private func sayIfSlow(_ uptime: Double, _ state: RunState) -> Double? {
    guard state.running != nil, let id = state.open.last?.step, !slow.contains(id),
      let start = state.steps[id]?.startUptime, let note = state.header?.note
    else { return nil }
    guard uptime >= start + UsualTimes.patience else { return start + UsualTimes.patience }
    _ = usual.load(note)
    guard let time = usual.time(of: id) else { return nil }
    let due = start + UsualTimes.limit(time)
    guard uptime >= due else { return due }
    slow.insert(id)
    let detail =
      "still running after \(Elapsed.text(uptime - start)), usually \(UsualTimes.text(time))"
    if let line = step(id, SystemClock().now.time, .running, detail) { Output.print(line) }
    return nil
  }

  private func isRun(_ value: RunEvent.BlockEnded) -> Bool {
    let role = plan.block(value.attempt.block)?.role
    return role == .run || role == .fallback
  }

  private func isOfTry(_ result: StepResult) -> Bool { result.isFailure || result == .warning }

  private func flush() {
    if let line = held?.line { Output.print(line) }
    held = nil
  }

  private func line(
    _ time: String, _ mark: Mark, number: String = "", _ title: String, _ detail: String? = nil
  ) -> SafeText {
    log.line(time: time, mark: mark, number: number, title: title, detail: detail)
  }

  private func line(_ event: RunEvent, _ state: RunState) -> SafeText? {
    let time = event.at.time
    switch event.kind {
    case .runStarted(let header):
      return line(
        time, .running, plan.title,
        "run \(header.id.text)" + (header.undoes.map { ", undoes \($0.run.text)" } ?? ""))
    case .stepStarted(let value):
      return step(value.step, time, .running, nil)
    case .stepEnded(let value):
      return step(value.step, time, StepView.mark(of: value.result), ended(value, state))
    case .blockStarted(let value) where value.role != .run:
      return step(value.attempt.block.step, time, .running, value.role.rawValue)
    case .blockStarted(let value) where value.attempt.attempt > 1:
      return step(value.attempt.block.step, time, .running, "try \(value.attempt.attempt)")
    case .blockEnded(let value): return blockEnded(value, time)
    case .blockSkipped(let value):
      return step(value.block.step, time, .skipped, "block skipped: \(value.reason)")
    case .stopping(let value):
      return step(value.attempt.block.step, time, .cancelled, stopping(value))
    case .extended(let value):
      let what = value.isSilence ? "it is silent" : "its time is over"
      let more = value.seconds.map { "extended by \(TimeLimit.text($0))" } ?? "no limit ends it"
      return step(value.attempt.block.step, time, .timedOut, "\(what), and \(more)")
    default: return rare(event, time, state)
    }
  }

  private func rare(_ event: RunEvent, _ time: String, _ state: RunState) -> SafeText? {
    switch event.kind {
    case .cancelRequested(let value):
      return line(
        time, .cancelled, "interrupted",
        value.by + (state.cancelRequestsAtEnd == 1 ? ", once more ends it" : ""))
    case .rollbackStarted(let value):
      let count = value.steps.count
      return line(
        time, .rolledBack, "rolling back",
        "\(count) step\(count == 1 ? "" : "s")")
    case .stepRolledBack(let value):
      return step(
        value.step, time, value.isComplete ? .rolledBack : .failed,
        (value.isComplete ? "rolled back, " : "rollback failed, ")
          + Elapsed.text(undoingTook(value.step, state)))
    case .rollbackAbandoned:
      return line(time, .failed, "the rollback was ended")
    case .paused(let value): return step(value.step, time, .waiting, value.reason)
    case .suspended(let value):
      let text = "the machine slept for \(Elapsed.text(value.seconds))"
      return line(time, .warning, text)
    case .warned(let value): return line(time, .warning, value.text)
    case .ambiguitySettled(let value):
      return line(time, .warning, value.text)
    case .link(let value):
      return step(
        value.attempt.block.step, time, .warning,
        value.isUp ? "connected to \(value.host) again" : "\(value.reason); it runs on there")
    case .hostEnded(let value):
      let mark: Mark = value.result.isSuccess ? .done : .failed
      return step(
        value.attempt.block.step, time, mark,
        "\(value.host): \(value.result.summary), \(Elapsed.text(value.result.took))")
    case .leaving: return line(time, .running, "goes on in the background")
    default: return nil
    }
  }

  private func undoingTook(_ step: StepID, _ state: RunState) -> Double {
    let blocks = plan.step(step)?.blocks(.rollback) ?? []
    let tries = blocks.flatMap { state.blocks[BlockRef(step: step, index: $0)]?.attempts ?? [] }
    return tries.reduce(0) { $0 + ($1.result?.took ?? 0) }
  }

  /// Of `done-if`, rollback and `always` blocks; those of the step itself end with its line.
  private func blockEnded(_ value: RunEvent.BlockEnded, _ time: String) -> SafeText? {
    guard let role = plan.block(value.attempt.block)?.role, !isRun(value) else { return nil }
    let isFailure = !value.result.isSuccess
    switch role {
    case .doneIf where isFailure:
      return step(value.attempt.block.step, time, .running, "not done yet")
    case .always where !isFailure:
      return step(
        value.attempt.block.step, time, .done, "always, \(Elapsed.text(value.result.took))")
    case _ where isFailure:
      return step(
        value.attempt.block.step, time, .failed,
        "\(role.rawValue): \(value.result.told(of: plan.block(value.attempt.block)))")
    default: return nil
    }
  }

  private func stopping(_ value: RunEvent.Stopping) -> String {
    let options = plan.block(value.attempt.block)?.options
    if value.isImmediate { return "stopping it at once" }
    switch value.reason {
    case .timedOut:
      return "over its time of \(TimeLimit.text(options?.timeout.seconds ?? 0)), stopping it"
    case .silent:
      return "no output for \(TimeLimit.text(options?.idle.seconds ?? 0)), stopping it"
    default: return "stopping it"
    }
  }

  private func step(_ id: StepID, _ time: String, _ mark: Mark, _ detail: String?) -> SafeText? {
    guard let step = plan.step(id) else { return nil }
    return line(time, mark, number: step.number, step.title, detail)
  }

  private func ended(_ value: RunEvent.StepEnded, _ state: RunState) -> String? {
    var parts: [String] = []
    if value.result != .succeeded, value.result != .done { parts.append(value.result.rawValue) }
    if let failure = failure(value, state) {
      parts.append(failure)
    } else {
      // Of a group of hosts the reason names it.
      if let exit = value.exit, exit != 0, value.reason?.hasPrefix("exit ") != true {
        parts.append("exit \(exit)")
      }
      if let reason = value.reason { parts.append(reason) }
    }
    if let took = value.took { parts.append(Elapsed.text(took)) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Where and how it failed; nil where no place is known.
  private func failure(_ value: RunEvent.StepEnded, _ state: RunState) -> String? {
    guard isOfTry(value.result), let step = plan.step(value.step),
      let failing = state.failingTry(of: step), let result = failing.attempt.result,
      result.place != nil
    else { return nil }
    return result.told(of: plan.block(failing.block))
  }
}
