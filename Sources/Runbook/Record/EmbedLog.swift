/// What became of the steps of embedded notes, which have no line of their own in the note that was run: a callout for
/// each embed that was begun, a line for each step.
struct EmbedLog {
  let plan: Plan
  let state: RunState

  /// So many stand in the note; the record has all.
  private static let mostCallouts = 24
  private static let mostLines = 60

  var callouts: [LogCallout] {
    let marks = StepMarks(plan: plan, state: state)
    let begun = plan.steps.indices.filter {
      plan.steps[$0].embeds != nil && plan.steps[$0].origin == nil
        && state.steps[plan.steps[$0].id]?.startedAt != nil
    }
    let all = begun.map { callout($0, marks) }
    guard all.count > Self.mostCallouts else { return all }
    let failed = all.indices.filter { all[$0].type == "failure" }
    let others = all.indices.filter { all[$0].type != "failure" }
    return (failed + others).prefix(Self.mostCallouts).sorted().map { all[$0] }
  }

  private func callout(_ index: Int, _ marks: StepMarks) -> LogCallout {
    let step = plan.steps[index]
    let inner = self.inner(index)
    let groups = inner.map { marks.mark($0)?.0 }
    let type = type(groups)
    let word = type == "question" ? ResultWord.waiting : marks.mark(step)?.0.result
    let leaves = inner.filter { $0.children.isEmpty || !$0.blocks.isEmpty }
    let done = leaves.count { state.steps[$0.id]?.isDone == true }
    let title = [step.title, word?.rawValue, "\(done) of \(leaves.count)"].compactMap(\.self)
    return LogCallout(
      type: type, title: title.joined(separator: " · "), isFolded: type != "failure",
      lines: lines(Array(zip(inner, groups)), under: step.depth))
  }

  /// The embedded steps below a step, in the order of the plan.
  private func inner(_ index: Int) -> [Step] {
    let depth = plan.steps[index].depth
    return plan.steps[(index + 1)...].prefix { $0.depth > depth }.filter { $0.origin != nil }
  }

  private func type(_ groups: [ItemGroup?]) -> String {
    let words = groups.compactMap { $0?.result }
    let bad: Set<ResultWord> = [.failed, .timedOut, .cancelled, .rollbackFailed]
    if words.contains(where: bad.contains) { return "failure" }
    if words.contains(.waiting) { return "question" }
    if words.contains(.rolledBack) || words.contains(.warning) { return "warning" }
    return state.outcome == nil && words.contains(.running) ? "info" : "success"
  }

  // MARK: Lines

  private func lines(_ steps: [(Step, ItemGroup?)], under depth: Int) -> [String] {
    guard steps.count > Self.mostLines else { return steps.map { line($0, $1, depth) } }
    // What went well can be left out without harm.
    let notable = steps.filter { $0.1?.result != nil }.prefix(Self.mostLines)
    return notable.map { line($0, $1, depth) }
      + ["… \(steps.count - notable.count) more, in the record …"]
  }

  private func line(_ step: Step, _ group: ItemGroup?, _ depth: Int) -> String {
    var parts = ["\(step.number) \(step.title)"]
    if let group {
      if let word = group.result { parts.append(word.rawValue) }
      if let exit = group.exit { parts.append("exit \(exit)") }
      if let took = group.took { parts.append(DurationText.render(seconds: took)) }
      parts.append(group.at)
    } else {
      parts.append("not run")
    }
    return String(repeating: "  ", count: step.depth - depth - 1) + parts.joined(separator: " · ")
  }
}
