import ArgumentParser
import Runbook

/// A word that Tab offers, and what it stands for, where the shell shows that.
struct CompletionWord: Equatable {
  let text: String
  let about: String

  /// Nil for a word with a character that a terminal or some shell may take for more than itself. Bash evaluates what
  /// it is offered, and what it then writes into the line is not always quoted: a step titled `$(reboot)` must not run
  /// by a Tab.
  init?(_ text: String, about: String) {
    let isHarmless = text.unicodeScalars.allSatisfy {
      !$0.isASCII || $0.properties.isAlphabetic || $0.properties.numericType != nil
        || " -_.,:/+%@=^".unicodeScalars.contains($0)
    }
    guard !text.isEmpty, isHarmless, PlainText.line(text) == text else { return nil }
    self.text = text
    self.about = PlainText.line(about)
  }

  /// As the completion script of a shell wants it, one line. In zsh a colon ends the word.
  func line(for shell: CompletionShell?) -> String {
    switch shell {
    case .zsh? where !about.isEmpty: "\(text.replacing(":", with: "\\:")):\(about)"
    case .zsh?: text.replacing(":", with: "\\:")
    case .fish? where !about.isEmpty: "\(text)\t\(about)"
    default: text
    }
  }
}
