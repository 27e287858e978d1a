/// A block that ran, and nobody knows how it ended: its supervisor was killed, or the machine went down.
extension BlockRun {
  func afterUnknownEnd(_ last: BlockProgress.Attempt, _ result: BlockResult) -> Progress {
    switch last.ambiguity {
    case .rerun: return start(attempt: last.number + 1)
    case .skip: return .passed
    case .rollback: return .failed(result, reason: nil)
    case nil: break
    }
    if let policy = decision.state.runner?.onAmbiguous {
      return settle(policy, last, "--on-ambiguous \(policy.rawValue)")
    }
    switch decision.inquire(question(last, result)) {
    case .open(let action): return .act([action])
    case .answered(let answer):
      return settle(policy(answer.choice), last, answer.by.map { "said \($0)" } ?? "as answered")
    case .nobody:
      let words = AmbiguityPolicy.allCases.map(\.rawValue).joined(separator: ", ")
      return .act([
        .pause(
          reference.step,
          reason: "how it ended is unknown; resume with --on-ambiguous and one of: \(words)")
      ])
    }
  }

  private var title: String {
    decision.plan.step(reference.step)?.fullTitle ?? reference.step.text
  }

  private func question(_ last: BlockProgress.Attempt, _ result: BlockResult) -> Question {
    let number = decision.plan.step(reference.step)?.number ?? ""
    return Question(
      topic: Question.Topic(
        .ambiguous, step: reference.step, block: reference.index, attempt: last.number),
      text: "\(number) \(title): \(result.problem ?? "how it ended is unknown"). What now?",
      choices: [.run, .done, decision.options.rollsBack ? .rollback : .stop],
      effects: [
        .run: "once more", .done: "take it as done", .rollback: decision.rollbackEffect(),
        .stop: Decision.undoNothing,
      ], seconds: nil)
  }

  private func policy(_ choice: Answer.Choice) -> AmbiguityPolicy {
    switch choice {
    case .run: .rerun
    case .done, .skip: .skip
    default: .rollback
    }
  }

  private func settle(
    _ policy: AmbiguityPolicy, _ last: BlockProgress.Attempt, _ who: String
  ) -> Progress {
    let then =
      switch policy {
      case .rerun: "run again"
      case .skip: "taken as done" + (block.options.capture.map { ", $\($0) stays as it was" } ?? "")
      case .rollback: "taken as failed"
      }
    return .act([
      .record(
        .ambiguitySettled(
          RunEvent.AmbiguitySettled(
            attempt: AttemptRef(reference, attempt: last.number), choice: policy,
            text: "how “\(title)” ended is unknown: \(then) (\(who))")))
    ])
  }
}

extension BlockResult {
  /// Nobody knows what it did, and nothing of it is known to run on.
  var isAmbiguous: Bool { isEndUnknown && stopped == nil && survivors.isEmpty }
}
