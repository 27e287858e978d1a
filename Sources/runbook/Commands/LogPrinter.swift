import Runbook

/// Prints the logs of a run one try after the other, each as it grows, secrets masked.
struct LogPrinter {
  private let stored: StoredRun
  private let step: StepID?
  private var follower: LogFollower
  /// Tries that are not printed to their end yet, in the order of their start.
  private var open: [Entry] = []

  private struct Entry {
    let attempt: AttemptRef
    var folder: String
    var hasTitle = false
    var result: BlockResult?
  }

  init(stored: StoredRun, step: StepID?) {
    self.stored = stored
    self.step = step
    follower = LogFollower(
      plan: stored.plan, folder: stored.folder, mask: SecretMask(Array(stored.secrets.values)))
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

  mutating func printNews() {
    for index in open.indices {
      if !open[index].hasTitle {
        Output.print("── \(PlainText.line(title(open[index])))")
        open[index].hasTitle = true
      }
      let entry = open[index]
      follower.read(entry.folder, of: entry.attempt.block, isOver: entry.result != nil) {
        Output.write($0)
      }
      if let result = open[index].result, !result.isSuccess {
        Output.print(
          "── \(PlainText.line(result.told(of: stored.plan.block(entry.attempt.block))))")
      }
    }
    open.removeAll { $0.result != nil }
  }

  private func title(_ entry: Entry) -> String {
    let step = stored.plan.step(entry.attempt.block.step)
    var parts = ["\(step?.number ?? "") \(step?.fullTitle ?? entry.attempt.block.step.text)"]
    if let block = stored.plan.block(entry.attempt.block), block.role != .run {
      parts.append(block.role.rawValue)
    }
    if entry.attempt.attempt > 1 { parts.append("try \(entry.attempt.attempt)") }
    return parts.joined(separator: " · ")
  }
}
