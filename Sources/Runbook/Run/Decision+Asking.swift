extension Decision {
  /// How a question stands.
  enum Inquiry {
    /// To be asked, or waited for.
    case open(Action)
    /// Counts whoever is there by now: a runner may have died between the answer and what follows from it.
    case answered(Answer)
    case nobody
  }

  func inquire(_ question: Question) -> Inquiry {
    let asked = state.questions[question.topic]
    if let answer = asked?.answer { return .answered(answer) }
    // What has no time to lapse in can wait for an answer from elsewhere; policies need nobody.
    let mayWait = state.runner?.waits == true && question.seconds == nil
    guard canAsk || mayWait else { return .nobody }
    guard let asked else { return .open(.ask(question)) }
    return .open(
      .wait(
        Action.Wait(
          question: question.topic,
          questionDeadline: asked.question.seconds.map { asked.asked + $0 })))
  }

  // MARK: Interruptions

  enum Interruption {
    case none
    /// A person is to say what it means.
    case open(Action)
    case settled(Failure.Next, isImmediate: Bool)
  }

  /// On the way forward the first request stops the run, once the person has said how where one can be asked.
  /// Undoing and cleaning up go on; the second request ends them.
  var interruption: Interruption {
    guard state.rollback == nil, !state.isFinishing else {
      return isEndInterrupted ? .settled(.stop, isImmediate: true) : .none
    }
    switch state.cancelRequests {
    case 0: return .none
    case 1: return firstInterruption
    default: return .settled(.stop, isImmediate: true)
    }
  }

  private var firstInterruption: Interruption {
    let question = Question(
      topic: Question.Topic(.interrupt, round: state.departures == 0 ? nil : state.departures),
      text: "Interrupted. What now?",
      choices: (options.rollsBack ? [.rollback] : []) + [.stop, .leave],
      effects: [
        .rollback: rollbackEffect(isRunning: state.running != nil), .stop: Self.undoNothing,
        .leave: "in the background",
      ], seconds: options.questionSeconds, otherwise: effect(of: .rollback))
    switch inquire(question) {
    case .open(let action): return .open(action)
    case .answered(let answer) where answer.choice == .leave: return .open(.record(.leaving))
    case .answered(let answer):
      let isKept = answer.choice == .stop || !options.rollsBack
      return .settled(isKept ? .stop : .rollback, isImmediate: false)
    case .nobody: return .settled(options.rollsBack ? .rollback : .stop, isImmediate: false)
    }
  }

  /// Two requests came while something was undone or cleaned up: one is a warning, however it came to that. Who
  /// stopped the way forward at once wants no cleaning up either.
  var isEndInterrupted: Bool {
    let before = state.cancelRequests - state.cancelRequestsAtEnd
    return state.cancelRequestsAtEnd > 1 || state.rollback == nil && before > 1
  }

  /// An interruption on the way forward, with nothing running any more.
  func interrupted() -> [Action] {
    switch interruption {
    case .none: return forward()
    case .open(let action): return [action]
    case .settled(let next, _):
      // What has ended by now keeps the end it had: the step is done, or it failed of itself.
      let onward = forward(next)
      switch onward.first {
      case .record(.stepEnded(let end)) where end.step == state.open.last?.step: return onward
      case .record(.failed): return onward
      default: break
      }
      return [
        failed(
          state.open.last?.step, .cancelled,
          reason: next == .stop ? "interrupted; nothing is undone" : "interrupted", next: next)
      ]
    }
  }
}
