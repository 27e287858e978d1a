import Runbook

/// Prints the logs of a run one try after the other, each as it grows, secrets masked.
struct LogPrinter {
  private let plan: Masked<Plan>
  private let step: StepID?
  private let isRaw: Bool
  private var follower: LogFollower
  /// Tries that are not printed to their end yet, in the order of their start.
  private var open: [Entry] = []
  private var openLine = OpenLine()

  private struct Entry {
    let attempt: AttemptRef
    var folder: String
    var hasTitle = false
    var result: BlockResult?
  }

  /// - Parameter isRaw: the bytes as they were printed and nothing else.
  init(stored: StoredRun, step: StepID?, isRaw: Bool) {
    let mask = stored.mask
    plan = mask.mask(stored.plan)
    self.step = step
    self.isRaw = isRaw
    follower = LogFollower(plan: stored.plan, folder: stored.folder, mask: mask)
  }

  mutating func take(_ event: RunEvent) {
    switch event.kind {
    case .blockStarted(let value) where step == nil || value.attempt.block.step == step:
      open.append(Entry(attempt: value.attempt, folder: value.folder))
    case .blockFollowed(let value):
      // Its log is there once more, from the beginning.
      guard let index = open.firstIndex(where: { $0.attempt == value.attempt }) else { return }
      open[index].folder = value.folder
    case .blockEnded(let value):
      guard let index = open.firstIndex(where: { $0.attempt == value.attempt }) else { return }
      open[index].result = value.result
    default: break
    }
  }

  /// - Parameter isLast: nothing more is waited for: a line without an end is printed as far as it goes.
  mutating func printNews(isLast: Bool) {
    for index in open.indices { printNews(at: index, isLast) }
    open.removeAll { $0.result != nil }
  }

  private mutating func printNews(at index: Int, _ isLast: Bool) {
    let entry = open[index]
    let isOver = entry.result != nil
    if isRaw {
      return follower.readBytes(
        entry.folder, of: entry.attempt.block, isOver: isOver
      ) { Output.write($0) }
    }
    var openLine = openLine
    defer { self.openLine = openLine }
    if !entry.hasTitle { openLine.end(with: ["── \(PlainText.line(title(entry)))"]) }
    open[index].hasTitle = true
    follower.readLines(entry.folder, of: entry.attempt.block, isOver: isOver) { lines in
      openLine.end(with: lines.map { SafeText($0) })
    }
    if !isOver { openLine.show(SafeText(follower.openLine(entry.folder)), atOnce: isLast) }
    if let result = entry.result, !result.isSuccess {
      openLine.end(with: [
        "── \(PlainText.line(result.told(of: plan.value.block(entry.attempt.block))))"
      ])
    }
    if isLast { openLine.end(with: []) }
  }

  private func title(_ entry: Entry) -> String {
    let step = plan.value.step(entry.attempt.block.step)
    var parts = ["\(step?.number ?? "") \(step?.fullTitle ?? entry.attempt.block.step.text)"]
    if let block = plan.value.block(entry.attempt.block), block.role != .run {
      parts.append(block.role.rawValue)
    }
    if entry.attempt.attempt > 1 { parts.append("try \(entry.attempt.attempt)") }
    return parts.joined(separator: " · ")
  }
}
