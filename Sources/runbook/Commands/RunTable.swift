import Runbook

/// Runs in a terminal, a line each.
struct RunTable {
  private let entries: [RunEntry]

  init(_ entries: [RunEntry]) { self.entries = entries }

  /// As `runs` lists them: how long they took, and where they stand.
  var withSteps: SafeText {
    text(
      [fixed("run"), fixed("started"), took, fixed("status"), Table.Column(title: "note")]
        + [Table.Column(title: "step")]
    ) {
      let step = $0.step ?? $0.undoes.map { "undoes \($0.suffix(4))" } ?? ""
      return [$0.short, $0.startedText, Elapsed.text($0.seconds), $0.status, $0.noteText, step]
    }
  }

  /// As they are offered to be chosen from.
  var withAges: SafeText {
    text([fixed("run"), Table.Column(title: "note"), fixed("started"), fixed("status"), fixed("")])
    {
      [$0.short, $0.noteText, $0.startedText, $0.status, $0.ageText]
    }
  }

  private func fixed(_ title: String) -> Table.Column {
    Table.Column(title: title, overflow: .never)
  }

  private var took: Table.Column {
    Table.Column(title: "took", alignment: .right, overflow: .never)
  }

  private func text(_ columns: [Table.Column], _ row: (RunEntry) -> [String]) -> SafeText {
    var table = Table(columns)
    table.rows = entries.map(row)
    return table.lines(width: TerminalSize.columnsOfOutput, style: .ofOutput)
      .map { $0.rendered(.ofOutput) }.joined(separator: "\n")
  }
}
