import Runbook

/// A question with the keys that answer it.
struct QuestionView {
  let question: Question
  var comment: String?

  /// People tell what they did by hand.
  var takesComment: Bool { question.topic.kind == .manual }

  func menu(secondsLeft: Double?) -> Menu {
    var choices = question.choices.map {
      Menu.Choice(key: key(for: $0), label: label(for: $0))
    }
    if takesComment { choices.append(Menu.Choice(key: "c", label: "comment")) }
    let text = comment.map { "\(question.text) — \($0)" } ?? question.text
    return Menu(question: text, choices: choices, secondsLeft: secondsLeft)
  }

  func choice(for key: Character) -> Answer.Choice? {
    question.choices.first { self.key(for: $0) == Character(key.lowercased()) }
  }

  private func key(for choice: Answer.Choice) -> Character {
    switch choice {
    case .yes: "y"
    case .no: "n"
    case .done: "d"
    case .skip: "s"
    case .retry: "r"
    case .rollback: "b"
    case .stop: question.topic.kind == .beforeStep || question.topic.kind == .ambiguous ? "q" : "s"
    case .keep: "k"
    case .run: "r"
    case .background: "b"
    case .wait: "w"
    case .fallback: "f"
    case .cancel: "c"
    case .leave: "l"
    case .none: "\0"
    }
  }

  private func label(for choice: Answer.Choice) -> String {
    switch choice {
    case .yes: "yes"
    case .no: question.topic.kind == .manual ? "no, it failed" : "no"
    case .done: "done"
    case .skip: question.topic.kind == .ambiguous ? "take it as done" : "skip it"
    case .retry: "retry"
    case .rollback: "roll back"
    case .stop: "stop here"
    case .keep: "stop, undo nothing"
    case .run: question.topic.kind == .ambiguous ? "run it again" : "run it"
    case .background: "background"
    case .wait: "wait longer"
    case .fallback: "fallback"
    case .cancel: "cancel"
    case .leave: "leave it running"
    case .none: ""
    }
  }
}
