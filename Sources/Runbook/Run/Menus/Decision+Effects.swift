/// What follows from an answer, in words for whoever has to give it.
extension Decision {
  /// `undo “Switch over”`
  ///
  /// - Parameter isRunning: what runs now will have begun, and so will the steps around it.
  func rollbackEffect(isRunning: Bool = false) -> String {
    let open = isRunning ? state.open.map(\.step).filter { !state.begun.contains($0) } : []
    let undone = (state.begun + open).compactMap { plan.step($0) }
      .filter { !$0.blocks(.rollback).isEmpty }
    switch undone.count {
    case 0: return "there is nothing to undo"
    case 1: return "undo “\(undone[0].title)”"
    default: return "undo \(undone.count) steps"
    }
  }

  /// `go on with “Publish”`
  ///
  /// - Parameter isDone: its nested steps are next; else they are left out with it.
  func onwardEffect(after step: Step, isDone: Bool) -> String {
    guard let index = plan.index(of: step.id) else { return "go on" }
    let rest = plan.steps[(index + 1)...]
    let next = (isDone ? rest : rest.drop { $0.depth > step.depth }).first { $0.exclusion == nil }
    return next.map { "go on with “\($0.title)”" } ?? "end the run"
  }

  func effect(of policy: ErrorPolicy) -> String {
    switch policy {
    case .rollback where options.rollsBack: "roll back"
    case .rollback, .stop: Self.stopEffect
    case .continue: "go on"
    }
  }

  static let stopEffect = "stop here, undo nothing"
  static let undoNothing = "undo nothing"
}
