import Runbook

/// What a later rollback will undo, for the person who is to say yes to it.
struct RollbackPreview {
  let rollback: LaterRollback
  let now: WallTime

  var text: SafeText {
    let isRest = rollback.base.id != rollback.made.id
    let lines =
      [run] + deployed + [isRest ? "left to undo, in this order:" : "to undo, in this order:"]
      + rollback.steps.map(line)
    let mask = rollback.made.mask
    return lines.map { SafeText(mask.mask($0)) }.joined(separator: "\n")
  }

  /// `run 6bd6 of Deploy.md · succeeded · 2 days ago, 2026-11-26 14:02:10 +01:00, by ana on laptop`
  private var run: String {
    let made = rollback.made
    let outcome = made.state.outcome?.rawValue ?? "not ended"
    let when = made.state.startedAt.map {
      " · \(Elapsed.ago($0.seconds(to: now))), \($0.date) \($0.time) \($0.zone)"
    }
    let note = ProcessContext.shown(made.header.shownPath)
    let section = made.header.section.map { "#\($0)" } ?? ""
    return
      "run \(made.id.short) of \(note)\(section) · \(outcome)\(when ?? ""), "
      + "by \(made.header.user) on \(made.header.machine)"
  }

  /// What that run put where: the commit and the parameters; of a secret nobody is told.
  private var deployed: [String] {
    let header = rollback.made.header
    let commit = header.commit.map { "commit \($0.id)\($0.isDirty ? " (dirty)" : "")" }
    let values = header.parameters.compactMap { parameter in
      parameter.value.map { "\(parameter.name)=\($0)" }
    }
    let parts = [commit].compactMap(\.self) + values
    return parts.isEmpty ? [] : ["with " + parts.joined(separator: "  ")]
  }

  private func line(_ step: Step) -> String {
    var hosts: [String] = []
    for block in step.blocks(.rollback).map({ step.blocks[$0].options }) {
      let host = block.isFleet ? block.hosts : block.isRemote ? block.host : nil
      if let host, !hosts.contains(host) { hosts.append(host) }
    }
    let place = hosts.isEmpty ? "" : "  on \(hosts.joined(separator: ", "))"
    return "  \(step.number) \(step.fullTitle)\(place)"
  }
}
