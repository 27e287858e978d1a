import Runbook

/// A question with the keys that answer it.
struct QuestionView {
  let question: Question
  var comment: String?
  /// The comment that is being written.
  var draft: String?
  /// There is something to be read about it.
  var hasPage = false

  static let commentKey: Character = "c"
  static let pageKey: Character = "v"

  /// People tell what they did by hand, and why they went on.
  var takesComment: Bool { question.topic.kind == .manual || question.topic.kind == .failure }

  /// - Parameter mask: for the comment; the question is masked.
  func menu(secondsLeft: Double?, _ mask: SecretMask) -> Menu {
    let text = comment.map { "\(question.text) — \($0)" } ?? question.text
    var menu = Menu(
      question: mask.mask(text),
      choices: question.choices.map {
        Menu.Choice(key: $0.key, label: $0.label, effect: question.effect(of: $0))
      }, secondsLeft: secondsLeft)
    if takesComment { menu.aids.append(Menu.Choice(key: Self.commentKey, label: "comment")) }
    if hasPage { menu.aids.append(Menu.Choice(key: Self.pageKey, label: "view log and block")) }
    menu.otherwise = question.otherwise
    menu.draft = draft
    return menu
  }

  func choice(for key: Character) -> Answer.Choice? {
    question.choices.first { $0.key == Character(key.lowercased()) }
  }

  /// Takes a key into the comment that is being written.
  mutating func write(_ key: Character) {
    switch key {
    case "\n":
      comment = draft.flatMap { $0.isEmpty ? nil : $0 }
      draft = nil
    case "\u{1B}": draft = nil
    case "\u{7F}", "\u{8}": draft = draft.map { String($0.dropLast()) }
    case _
    where key.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && !(0xF700...0xF8FF).contains($0.value)
    }:
      draft?.append(key)
    default: break
    }
  }
}
