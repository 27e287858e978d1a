@testable import RunbookCLI

/// Models of the live view as nobody would write them.
enum RandomModel {
  private static let words = [
    "Build", "déployer", "漢字かな", "👩‍🚀", "🇫🇷", "e\u{301}e\u{308}", "한국어", "👍🏽", "❤️", "1️⃣", "a\tb",
    "x\u{1B}[31mred", "नमस्ते", "ｆｕｌｌ", "averyveryveryverylongwordwithoutanyspace", "♥", "x\u{200D}",
    "x\u{301}",
    "line\nbreak", "\u{202E}rtl", "",
  ]

  static func text(_ random: inout TerminalRandom, words count: Int = 6) -> String {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in
      words.randomElement(using: &random) ?? ""
    }.joined(separator: Bool.random(using: &random) ? " " : "")
  }

  static func model(_ random: inout TerminalRandom, marks: [Mark] = Mark.allCases) -> LiveModel {
    let steps = (0..<Int.random(in: 0...40, using: &random)).map { index in
      StepLine(
        depth: Int.random(in: 0...5, using: &random),
        mark: marks.randomElement(using: &random) ?? .pending, number: "\(index + 1)",
        title: text(&random),
        elapsed: Bool.random(using: &random) ? Double.random(in: 0...9999, using: &random) : nil,
        detail: Bool.random(using: &random) ? text(&random, words: 2) : nil)
    }
    let tail = (0..<Int.random(in: 0...9, using: &random)).map { _ in text(&random, words: 12) }
    return LiveModel(
      title: text(&random), header: text(&random), steps: steps, tail: tail,
      footer: Bool.random(using: &random) ? text(&random) : nil,
      menu: Bool.random(using: &random) ? menu(&random) : nil)
  }

  private static func menu(_ random: inout TerminalRandom) -> Menu {
    let keys: [Character] = ["b", "w", "f", "c"]
    return Menu(
      question: text(&random, words: 20),
      choices: keys.map { Menu.Choice(key: $0, label: text(&random, words: 2)) },
      secondsLeft: Bool.random(using: &random) ? Double.random(in: 0...60, using: &random) : nil)
  }
}
