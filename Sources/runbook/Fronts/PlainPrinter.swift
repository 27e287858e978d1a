import Runbook

/// One plain line an event, where there is no terminal to draw on.
final class PlainPrinter: RunObserver {
  private let plan: Plan
  private let mask: SecretMask
  private let log: PlainLog

  init(plan: Plan, mask: SecretMask, style: Style) {
    self.plan = plan
    self.mask = mask
    log = PlainLog(style: style)
  }

  func observe(_ event: RunEvent, _ state: RunState) {
    guard let line = line(event, state) else { return }
    Output.print(mask.mask(line))
  }

  private func line(_ event: RunEvent, _ state: RunState) -> String? {
    let time = event.at.time
    switch event.kind {
    case .runStarted(let header):
      return log.line(
        time: time, mark: .running, title: plan.title, detail: "run \(header.id.text)")
    case .stepStarted(let value):
      return step(value.step, time, .running, nil)
    case .stepEnded(let value):
      return step(value.step, time, StepView.mark(of: value.result), ended(value))
    case .blockStarted(let value) where value.role != .run:
      return step(value.attempt.block.step, time, .running, value.role.rawValue)
    case .blockStarted(let value) where value.attempt.attempt > 1:
      return step(value.attempt.block.step, time, .running, "try \(value.attempt.attempt)")
    case .blockEnded(let value) where !value.result.isSuccess:
      return step(value.attempt.block.step, time, .failed, value.result.summary)
    case .blockSkipped(let value):
      return step(value.block.step, time, .skipped, "block skipped: \(value.reason)")
    case .overdue(let value):
      return step(
        value.attempt.block.step, time, .timedOut,
        value.isSilence ? "no output for too long" : "its time is over")
    case .stopping(let value):
      return step(
        value.attempt.block.step, time, .cancelled, "stopping: \(value.reason.rawValue)")
    case .extended(let value):
      return step(
        value.attempt.block.step, time, .running, "\(TimeLimit.text(value.seconds)) more")
    default: return rare(event, time)
    }
  }

  private func rare(_ event: RunEvent, _ time: String) -> String? {
    switch event.kind {
    case .cancelRequested(let value):
      return log.line(time: time, mark: .cancelled, title: "interrupted", detail: value.by)
    case .rollbackStarted(let value):
      let count = value.steps.count
      return log.line(
        time: time, mark: .rolledBack, title: "rolling back",
        detail: "\(count) step\(count == 1 ? "" : "s")")
    case .stepRolledBack(let value):
      return step(
        value.step, time, value.isComplete ? .rolledBack : .failed,
        value.isComplete ? "rolled back" : "rollback failed")
    case .rollbackAbandoned:
      return log.line(time: time, mark: .failed, title: "the rollback was ended")
    case .paused(let value): return step(value.step, time, .waiting, value.reason)
    case .warned(let value): return log.line(time: time, mark: .warning, title: value.text)
    default: return nil
    }
  }

  private func step(_ id: StepID, _ time: String, _ mark: Mark, _ detail: String?) -> String? {
    guard let step = plan.step(id) else { return nil }
    return log.line(
      time: time, mark: mark, number: step.number, title: step.title, detail: detail)
  }

  private func ended(_ value: RunEvent.StepEnded) -> String? {
    var parts: [String] = []
    if value.result != .succeeded, value.result != .done { parts.append(value.result.rawValue) }
    if let exit = value.exit, exit != 0 { parts.append("exit \(exit)") }
    if let reason = value.reason { parts.append(reason) }
    if let took = value.took { parts.append(Elapsed.text(took)) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
