import Runbook

/// A plan as a table that people read: what runs, in which order, for how long at most, and what else there is
/// to know. A row a step; what a block does is cut to what fits, since the note itself is the long form.
struct PlanTable {
  let shown: Masked<Plan>
  /// Seconds that steps took in earlier runs here.
  var usual: [StepID: Double] = [:]

  private var plan: Plan { shown.value }

  /// Narrower, a command says nothing.
  private static let narrowestCommand = 14
  /// Without a terminal there is no width to fill.
  private static let usualCommand = 60
  /// A title longer than this is broken into lines.
  private static let widestTitle = 44
  private static let widestRemark = 32
  private static let gap = 2

  func text(_ width: Int?, _ style: Style) -> SafeText {
    var lines = [style.paint(SafeText(PlainText.line(plan.title)), .bold)]
    lines += parameters(width).map { SafeText($0) }
    lines.append("")
    lines += table(width, style).lines(width: width, style: style).map { $0.rendered(style) }
    lines.append("")
    lines.append(SafeText(sum))
    return lines.joined(separator: "\n")
  }

  /// `NAME=value` side by side, each whole.
  private func parameters(_ width: Int?) -> [String] {
    var lines: [String] = []
    for parameter in plan.parameters {
      let item = "\(parameter.name)=\(value(parameter))"
      let room = (width ?? 100) - DisplayWidth.of(item) - Self.gap
      if let last = lines.last, DisplayWidth.of(last) <= room {
        lines[lines.count - 1] = last + "  " + item
      } else {
        lines.append(width.map { DisplayWidth.cut(item, to: $0, ellipsis: "…") } ?? item)
      }
    }
    return lines
  }

  private func value(_ parameter: Parameter) -> String {
    guard let value = parameter.value else {
      return parameter.isSecret ? "(will be asked for)" : "(missing)"
    }
    let source = parameter.source == .note ? "" : " (\(parameter.source.rawValue))"
    return (parameter.isSecret ? "••••" : PlainText.line(value)) + source
  }

  // MARK: Rows

  private struct Row {
    var number = ""
    var title = ""
    var command = ""
    var limit = ""
    var usual = ""
    var remarks = ""
  }

  private func table(_ width: Int?, _ style: Style) -> Table {
    let rows = rows
    let room = commandRoom(rows, width)
    var columns = [
      Table.Column(title: "", overflow: .never), Table.Column(title: "step"),
      Table.Column(title: "runs", overflow: .never),
      Table.Column(title: "at most", overflow: .never),
      Table.Column(title: "usual", overflow: .never),
      Table.Column(title: ""),
    ]
    let hasUsual = rows.contains { !$0.usual.isEmpty }
    if !hasUsual { columns.remove(at: 4) }
    if room == nil { columns.remove(at: 2) }
    var table = Table(columns)
    for row in rows {
      var cells = [row.number, row.title, row.limit] + (hasUsual ? [row.usual] : [])
      cells.append(row.remarks)
      if let room {
        cells.insert(DisplayWidth.cut(row.command, to: room, ellipsis: style.ellipsis), at: 2)
      }
      table.rows.append(cells)
    }
    return table
  }

  /// What the other columns leave for the commands; nil where that is too little.
  private func commandRoom(_ rows: [Row], _ width: Int?) -> Int? {
    func widest(_ cell: (Row) -> String, _ most: Int = .max) -> Int {
      rows.reduce(0) { max($0, min(most, DisplayWidth.of(cell($1)))) }
    }
    let natural = widest(\.command)
    guard natural > 0 else { return nil }
    guard let width else { return min(natural, Self.usualCommand) }
    let others =
      widest(\.number) + max(4, widest(\.title, Self.widestTitle)) + max(7, widest(\.limit))
      + (widest(\.usual) == 0 ? 0 : max(5, widest(\.usual)) + Self.gap)
      + widest(\.remarks, Self.widestRemark) + 4 * Self.gap
    let room = width - others
    return room < Self.narrowestCommand ? nil : min(natural, room)
  }

  private var rows: [Row] {
    let phases = Set(plan.roots.map { plan.steps[$0].phase })
    var rows: [Row] = []
    var phase: String?
    for step in plan.steps {
      if phases.count > 1, step.depth == 0, step.phase != phase {
        rows.append(Row(title: step.phase.map { "— \($0) —" } ?? ""))
        phase = step.phase
      }
      rows.append(row(step))
    }
    return rows
  }

  private func row(_ step: Step) -> Row {
    let indent = String(repeating: "\u{A0}\u{A0}", count: min(step.depth, 8))
    return Row(
      number: step.number, title: indent + PlainText.line(step.title),
      command: step.exclusion == nil ? PlainText.line(StepSummary.command(step)) : "",
      limit: step.exclusion == nil ? deadline(step) : "",
      usual: step.exclusion == nil ? usual[step.id].map(UsualTimes.text) ?? "" : "",
      remarks: StepSummary.remarks(step).map { PlainText.line($0) }.joined(separator: ", "))
  }

  private func deadline(_ step: Step) -> String {
    let times = step.blocks(.run).map { step.blocks[$0].options.timeout.seconds }
    guard !times.isEmpty else { return "" }
    guard let longest = times.compactMap(\.self).max(), !times.contains(nil) else {
      return "no limit"
    }
    return TimeLimit.text(longest)
  }

  // MARK: Sum

  private var sum: String {
    let active = plan.steps.lazy.filter { $0.exclusion == nil }
    let running = active.count
    let manual = active.count(where: \.isManual)
    let undone = active.count { !$0.blocks(.rollback).isEmpty }
    let all = plan.steps.count
    var parts = [
      running == all
        ? "\(all) step\(all == 1 ? "" : "s")" : "\(running) of \(all) steps to run"
    ]
    if manual > 0 { parts.append("\(manual) by a person") }
    if undone > 0 { parts.append("\(undone) can be undone") }
    return parts.joined(separator: ", ")
  }
}
