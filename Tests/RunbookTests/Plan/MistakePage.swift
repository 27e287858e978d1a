@testable import Runbook

/// `docs/mistakes.md`: what `check` says of each note in `Fixtures/Mistakes`.
enum MistakePage {
  static func text(_ folder: FixtureFolder) throws -> String {
    var page = """
      # Mistakes and what is said of them

      `runbook check` finds these before anything runs. An error keeps a note from running, a warning does not.
      The page is made from the notes in `Tests/RunbookTests/Fixtures/Mistakes` by a test, which fails when the
      two differ.

      | written | | what is said | what to do |
      | --- | --- | --- | --- |

      """
    for note in folder.notes {
      for diagnostic in try folder.plan(note).diagnostics where note != "five-mistakes" {
        let cells = [
          diagnostic.line == 0 ? "(the whole note)" : code(diagnostic.source),
          diagnostic.severity.rawValue, cell(diagnostic.message), cell(diagnostic.fix ?? ""),
        ]
        page += "| \(cells.joined(separator: " | ")) |\n"
      }
    }
    return page
  }

  private static func cell(_ text: String) -> String {
    // Backticks in a message may be a fence's, which a table can't hold as code.
    text.replacing("|", with: "\\|").replacing("```", with: "\\`\\`\\`")
      .replacing("<", with: "&lt;")
  }

  private static func code(_ text: String) -> String {
    let line = text.replacing("\t", with: "→").replacing("|", with: "\\|")
    let trimmed = String(line.drop { $0 == " " })
    return "```` \(trimmed) ````"
  }
}
