/// `Upload dist/ · exit 23 · 3.1s`
struct LogTitle {
  let plan: Plan
  let log: StepLog

  var text: String {
    let step = plan.step(log.attempt.block.step)
    var parts = [step?.fullTitle ?? log.attempt.block.step.text]
    if let step, step.blocks(log.role).count > 1,
      let place = step.blocks(log.role).firstIndex(of: log.attempt.block.index)
    {
      parts.append("block \(place + 1) of \(step.blocks(log.role).count)")
    }
    if log.role != .run { parts.append(log.role.rawValue) }
    if log.attempt.attempt > 1 { parts.append("try \(log.attempt.attempt)") }
    if let result = log.result {
      if !result.isSuccess { parts.append(result.summary) }
      parts.append(DurationText.render(seconds: result.took))
    }
    return parts.joined(separator: " · ")
  }
}
