import Runbook

/// Figures in a terminal: a line a workflow, its steps below it.
struct StatsTable {
  let statistics: RunStatistics

  init(_ statistics: RunStatistics) { self.statistics = statistics }

  var text: SafeText {
    guard !statistics.workflows.isEmpty else { return "no run is recorded in this vault" }
    var table = Table(
      [Table.Column(title: "workflow, step")]
        + ["runs", "success", "median", "90 % within", "trend"].map {
          Table.Column(title: $0, alignment: .right, overflow: .never)
        } + [Table.Column(title: "latest", overflow: .never)])
    for workflow in statistics.workflows {
      let latest = "\(FigureText.moment(workflow.latest)) \(workflow.status)"
      table.rows.append([workflow.name] + cells(workflow.figures) + [latest])
      // A no-break space, since cells are trimmed of others.
      table.rows += workflow.steps.map { ["\u{a0} \($0.name)"] + cells($0.figures) + [""] }
    }
    return table.lines(width: TerminalSize.columnsOfOutput, style: .ofOutput)
      .map { $0.rendered(.ofOutput) }.joined(separator: "\n")
  }

  private func cells(_ figures: RunFigures) -> [String] {
    [
      "\(figures.runs)", FigureText.share(figures.rate), FigureText.duration(figures.median),
      FigureText.duration(figures.percentile90), FigureText.change(figures.trend),
    ]
  }
}
