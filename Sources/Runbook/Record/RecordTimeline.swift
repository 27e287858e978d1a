/// When what ran, as a Mermaid Gantt chart, which Obsidian draws: a bar for each try of a block, for each time that a
/// person was waited for, and for each time that nobody carried the run.
struct RecordTimeline {
  let plan: Plan
  let state: RunState
  let note: String

  private struct Bar {
    let section: String
    let title: String
    /// `done`, `crit`, `active`: how Mermaid colours it.
    let tag: String
    let start: WallTime
    let seconds: Double
  }

  /// Mermaid draws no chart of more than 50,000 characters; nor does anybody read one.
  private static let mostBars = 120

  var text: String? {
    let all = bars
    guard !all.isEmpty else { return nil }
    let least = all.map(\.seconds).sorted(by: >).prefix(Self.mostBars).last ?? 0
    let shown = all.filter { $0.seconds >= least || $0.tag == "crit" }.prefix(Self.mostBars)
    var lines = ["gantt"]
    let title = Self.plain(note)
    if !title.isEmpty { lines.append("    title \(title)") }
    lines += ["    dateFormat YYYY-MM-DD HH:mm:ss.SSS", "    axisFormat \(axis(all))"]
    var section: String?
    for bar in shown {
      if bar.section != section { lines.append("    section \(bar.section)") }
      section = bar.section
      lines.append("    \(line(bar))")
    }
    let left = all.count - shown.count
    return "## Timeline\n\n```mermaid\n" + lines.joined(separator: "\n") + "\n```"
      + (left > 0 ? "\n\nThe \(left) shortest are left out." : "")
  }

  /// Of a run of seconds, each mark on the axis would say the same second.
  private func axis(_ bars: [Bar]) -> String {
    let start = bars.map(\.start.milliseconds).min() ?? 0
    let end = bars.map { Double($0.start.milliseconds) + $0.seconds * 1000 }.max() ?? 0
    return end - Double(start) < 10_000 ? "%M:%S.%L" : "%H:%M:%S"
  }

  private func line(_ bar: Bar) -> String {
    let milliseconds = max(1, Int((min(max(0, bar.seconds), 1e9) * 1000).rounded()))
    return "\(bar.title) :\(bar.tag), \(stamp(bar.start)), \(milliseconds)ms"
  }

  /// All in the zone that the run began in, or a chart over the change of the clocks would run backwards.
  private func stamp(_ time: WallTime) -> String {
    let offset = state.startedAt?.offset ?? time.offset
    let time = WallTime(milliseconds: time.milliseconds, offset: offset)
    return String(time.text.prefix(23)).replacing("T", with: " ")
  }

  // MARK: The bars

  private var bars: [Bar] {
    var all = plan.steps.flatMap(tries) + waits
    all += state.interruptions.map { gap in
      Bar(
        section: "No runner", title: "0 the runner was gone", tag: "crit", start: gap.from,
        seconds: Double(gap.to.milliseconds - gap.from.milliseconds) / 1000)
    }
    // A phase's bars stand together, in the order of the phases' first ones.
    var ranks: [String: Int] = [:]
    for bar in all.sorted(by: { $0.start.milliseconds < $1.start.milliseconds })
    where ranks[bar.section] == nil {
      ranks[bar.section] = ranks.count
    }
    return all.sorted {
      (ranks[$0.section] ?? 0, $0.start.milliseconds)
        < (ranks[$1.section] ?? 0, $1.start.milliseconds)
    }
  }

  /// Shorter ones are no bar that anybody sees.
  private static let shortestWait = 1.0

  private var waits: [Bar] {
    state.waits.filter { $0.seconds >= Self.shortestWait }.map { wait in
      let step = wait.step.flatMap { plan.step($0) }
      return Bar(
        section: step.map(phase) ?? "Steps",
        title: step.map(title).map { "\($0), waiting" } ?? "0 waiting",
        tag: "active", start: wait.from, seconds: wait.seconds)
    }
  }

  private func tries(_ step: Step) -> [Bar] {
    step.blocks.indices.flatMap { index -> [Bar] in
      let block = step.blocks[index]
      let attempts = state.blocks[BlockRef(step: step.id, index: index)]?.attempts ?? []
      return attempts.compactMap { attempt in
        guard let result = attempt.result, !result.isVoid else { return nil }
        var words = title(step)
        if block.role != .run { words += ", \(block.role.rawValue)" }
        if attempt.number > 1 { words += ", try \(attempt.number)" }
        let isFine = result.isSuccess || (block.role == .doneIf && result.exit != nil)
        return Bar(
          section: section(step, block.role), title: words, tag: isFine ? "done" : "crit",
          start: attempt.startedAt, seconds: result.took)
      }
    }
  }

  private func section(_ step: Step, _ role: BlockRole) -> String {
    switch role {
    case .rollback: "Rollback"
    case .always: "At the end"
    case .run, .fallback, .doneIf: phase(step)
    }
  }

  private func phase(_ step: Step) -> String {
    let phase = Self.plain(step.phase ?? "")
    return phase.isEmpty ? "Steps" : phase
  }

  /// The number in front keeps a title from being read as one of Mermaid's own words: `title`, `section`, a date.
  private func title(_ step: Step) -> String {
    let words = Self.plain(step.title)
    return words.isEmpty ? step.number : "\(step.number) \(words)"
  }

  /// Mermaid ends a name at a colon, a line at a semicolon, and takes `#` and `%%` for comments: letters, digits and
  /// a few marks are left.
  static func plain(_ text: String) -> String {
    let allowed = Set(" -_./()+'".unicodeScalars)
    let scalars = text.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.isEmoji && !scalar.isASCII || allowed.contains(scalar)
        ? Character(scalar) : " "
    }
    return String(String(scalars).split(separator: " ").joined(separator: " ").prefix(80))
  }
}
