import Runbook

/// A plan as a table that people read: what runs, in which order, for how long at most, and what undoes it.
struct PlanTable {
  let plan: Plan

  func text(_ width: Int?, _ style: Style) -> String {
    var lines = [style.paint(PlainText.line(plan.title), .bold)]
    if let parameters { lines.append(parameters) }
    lines.append("")
    lines += table.lines(width: width, style: style).map { $0.rendered(style) }
    lines.append("")
    lines.append(sum)
    return lines.joined(separator: "\n")
  }

  private var parameters: String? {
    guard !plan.parameters.isEmpty else { return nil }
    return plan.parameters.map { parameter in
      let value = parameter.isSecret ? "••••" : PlainText.line(parameter.value ?? "(missing)")
      let source = parameter.source == .note ? "" : " (\(parameter.source.rawValue))"
      return "\(parameter.name)=\(value)\(source)"
    }.joined(separator: "  ")
  }

  private var table: Table {
    var table = Table([
      Table.Column(title: "", alignment: .right, overflow: .never),
      Table.Column(title: "step"),
      Table.Column(title: "runs"),
      Table.Column(title: "at most", overflow: .never),
      Table.Column(title: "if it fails"),
    ])
    var phase: String?
    for step in plan.steps {
      if step.depth == 0, step.phase != phase, let title = step.phase {
        table.rows.append(["", "— \(title) —"])
      }
      if step.depth == 0 { phase = step.phase }
      table.rows.append(row(step))
    }
    return table
  }

  private func row(_ step: Step) -> [String] {
    let indent = String(repeating: "  ", count: step.depth)
    return [
      step.number, indent + step.title, what(step), deadline(step), fallback(step),
    ]
  }

  private func what(_ step: Step) -> String {
    switch step.exclusion {
    case .byHand: return "by hand: its box is set"
    case .notSelected(let reason): return "left out: \(reason)"
    case nil: break
    }
    if step.isManual { return "a person" }
    let conditions = [step.condition].compactMap(\.self).map { "unless \($0.reasonWhenFalse)" }
    let blocks = step.blocks.filter { $0.role != .rollback }.map(describe)
    return (blocks + conditions).joined(separator: "; ")
  }

  private func describe(_ block: Block) -> String {
    var text = block.role == .run ? "" : "\(block.role.rawValue): "
    text += firstCommand(block)
    if !BlockOptions.isLocal(block.options.host), let host = block.options.host {
      text += " on \(host)"
    }
    if let hosts = block.options.hosts { text += " on the hosts of \(hosts)" }
    if block.options.retries > 0 { text += ", \(block.options.retries) retries" }
    if let every = block.options.every, let length = block.options.for {
      text += ", every \(TimeLimit.text(every)) for \(TimeLimit.text(length))"
    }
    if let name = block.options.capture { text += " → $\(name)" }
    if let condition = block.options.condition { text += " unless \(condition.reasonWhenFalse)" }
    return text
  }

  /// The block's first line that does something.
  private func firstCommand(_ block: Block) -> String {
    let lines = String(decoding: block.code, as: UTF8.self).split(separator: "\n")
      .map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix("set -") }
    guard let first = lines.first else { return block.language }
    return first + (lines.count > 1 ? " …" : "")
  }

  private func deadline(_ step: Step) -> String {
    let times = step.blocks(.run).map { step.blocks[$0].options.timeout.seconds }
    guard !times.isEmpty else { return "" }
    guard let longest = times.compactMap(\.self).max(), !times.contains(nil) else {
      return "no limit"
    }
    return TimeLimit.text(longest)
  }

  private func fallback(_ step: Step) -> String {
    guard step.exclusion == nil else { return "" }
    let undoes = step.blocks(.rollback).isEmpty ? "" : "undone by a block"
    let policies = Set(step.blocks(.run).map { step.blocks[$0].options.onError })
    let policy =
      policies == [.rollback] || policies.isEmpty
      ? "" : "on error: " + policies.map(\.rawValue).sorted().joined(separator: ", ")
    return [undoes, policy].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private var sum: String {
    let active = plan.steps.filter { $0.exclusion == nil }
    let manual = active.count(where: \.isManual)
    let undone = active.count { !$0.blocks(.rollback).isEmpty }
    var parts = ["\(active.count) of \(plan.steps.count) steps"]
    if manual > 0 { parts.append("\(manual) by a person") }
    if undone > 0 { parts.append("\(undone) with rollback") }
    return parts.joined(separator: ", ")
  }
}
