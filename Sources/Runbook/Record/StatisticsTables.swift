/// What `stats --write` keeps in a note, as plain Markdown: for those without Bases, and for other readers than
/// Obsidian. Where the note has a property `modes`, its workflows are compared with what is expected of them.
public struct StatisticsTables {
  let statistics: RunStatistics
  let modes: [ComparedMode]
  /// What the last 30 days count from.
  let now: WallTime

  private static let mostRuns = 20
  private static let failureDays = 30.0

  public init(_ statistics: RunStatistics, modes: [ComparedMode], now: WallTime) {
    self.statistics = statistics
    self.modes = modes
    self.now = now
  }

  public var text: String {
    if !modes.isEmpty { return comparison }
    guard !statistics.workflows.isEmpty else { return "No run is recorded yet." }
    return ([overview, recent, failures] + statistics.workflows.compactMap(steps))
      .joined(separator: "\n\n")
  }

  private var overview: String {
    let rows = statistics.workflows.map { workflow in
      [Self.link(workflow.name)] + Self.cells(workflow.figures) + [
        FigureText.moment(workflow.latest), MarkText.title(workflow.status),
      ]
    }
    return Self.table(
      ["Workflow"] + Self.columns + ["Latest", "Status"], rows, right: Self.columns)
  }

  // MARK: Runs

  private var recent: String {
    "### Recent\n\n" + Self.runs(statistics.runs.suffix(Self.mostRuns).reversed())
  }

  private var failures: String {
    let since = now.earlier(by: Self.failureDays * 86_400).milliseconds
    let failed = statistics.runs.filter { !$0.hasSucceeded && $0.order >= since }
    return "### Failures of \(Int(Self.failureDays)) days\n\n"
      + (failed.isEmpty ? "None." : Self.runs(failed.reversed()))
  }

  private static func runs(_ runs: [RecordSummary]) -> String {
    table(
      ["Run", "Workflow", "Status", "Took", "Failed at", "By"],
      runs.map { run in
        [
          link(run), link(run.runbook), MarkText.title(run.status),
          FigureText.duration(run.seconds), MarkText.title(run.failed), MarkText.title(run.user),
        ]
      }, right: ["Took"])
  }

  /// Short, since the table is wide.
  private static func link(_ mode: ComparedMode) -> String {
    let title = NoteLink(to: mode.workflow).title
    return link(mode.workflow, String(title.trimmingPrefix("Workflow-")))
  }

  private static func link(_ run: RecordSummary) -> String {
    link(run.title, FigureText.moment(run.started))
  }

  /// To a note by its path; the path itself where there can be no link.
  private static func link(_ path: String, _ words: String? = nil) -> String {
    NoteLink(to: path).text(words.map(MarkText.title), isInTable: true) ?? ValueText.cell(path)
  }

  private func steps(_ workflow: RunStatistics.Workflow) -> String? {
    guard !workflow.steps.isEmpty else { return nil }
    return "### \(MarkText.title(workflow.name))\n\n"
      + Self.table(
        ["Step"] + Self.columns,
        workflow.steps.map { [MarkText.title($0.name)] + Self.cells($0.figures) },
        right: Self.columns)
  }

  // MARK: The comparison

  private var comparison: String {
    let rows = modes.map { mode in
      let figures = statistics.workflows.first { $0.name == mode.workflow }?.figures
      let median = figures?.median
      let against = median.map { mode.seconds > 0 ? $0 / mode.seconds - 1 : 0 }
      return [
        Self.link(mode), MarkText.title(mode.use),
        MarkText.title(mode.expected),
        FigureText.duration(median), FigureText.change(against),
        FigureText.duration(figures?.percentile90), "\(figures?.runs ?? 0)",
        figures.map { FigureText.share($0.rate) } ?? "–",
      ]
    }
    let right = ["Expected", "Median", "Against", "90 % within", "Runs", "Success"]
    return Self.table(["Mode", "Use"] + right, rows, right: right)
  }

  // MARK: Tables

  private static let columns = ["Runs", "Success", "Median", "90 % within", "Trend"]

  private static func cells(_ figures: RunFigures) -> [String] {
    [
      "\(figures.runs)", FigureText.share(figures.rate), FigureText.duration(figures.median),
      FigureText.duration(figures.percentile90), FigureText.change(figures.trend),
    ]
  }

  private static func table(_ head: [String], _ rows: [[String]], right: [String]) -> String {
    let rule = head.map { right.contains($0) ? "---:" : "---" }
    return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}
