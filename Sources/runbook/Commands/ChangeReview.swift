import Runbook

/// What a note can execute now and could not when it was last run here: shown, and asked about, before anything runs.
struct ChangeReview {
  let loaded: LoadedNote
  let known: KnownNote
  /// `--trusted-only`: what has not been run here before is refused.
  let isStrict: Bool
  /// `--yes`.
  let isAccepted: Bool

  private static let mostChanges = 12
  private static let mostLines = 16

  /// - Throws: where it is refused, or the answer is no.
  func pass(_ front: FrontDoor) throws {
    guard let parts = known.parts else {
      // The first time all is new: who asks whether somebody means what he has just typed is answered unread.
      if isStrict { throw refuse("\(loaded.plan.file) has not been run here before") }
      return
    }
    let changes = ExecutableChange.between(parts, loaded.plan.executable)
    guard !changes.isEmpty else { return }
    Output.complain(text(changes))
    if isStrict { throw refuse("\(loaded.plan.file) has changed since it was last run here") }
    guard front.canAsk, !isAccepted else { return }
    guard let answer = front.ask("Run it? [y/N] "), ["y", "yes"].contains(answer.lowercased())
    else {
      Output.complain("Nothing was run.")
      throw ExitStatus.usage
    }
  }

  private func refuse(_ what: String) -> ExitStatus {
    Output.complain(
      "error: \(what), and --trusted-only runs nothing else\n"
        + "  fix: look at it (runbook plan), then run it once without --trusted-only")
    Output.complain("Nothing was run.")
    return .usage
  }

  private func text(_ changes: [ExecutableChange]) -> String {
    var lines = ["\(loaded.plan.file) has changed since it was last run here:"]
    for change in changes.prefix(Self.mostChanges) {
      lines.append("  \(change.kind.rawValue): \(HiddenCharacter.shown(in: change.title))")
      let shown = Self.nearChanges(change.lines)
      for line in shown.prefix(Self.mostLines) {
        lines.append("      " + HiddenCharacter.shown(in: line))
      }
      if shown.count > Self.mostLines {
        lines.append("      … \(shown.count - Self.mostLines) more lines")
      }
    }
    if changes.count > Self.mostChanges {
      lines.append("  … \(changes.count - Self.mostChanges) more changes")
    }
    return lines.joined(separator: "\n")
  }

  /// Without the lines that nothing near them changed.
  private static func nearChanges(_ lines: [String]) -> [String] {
    let isChanged = lines.map { !$0.hasPrefix("  ") }
    var shown: [String] = []
    var last = -1
    for index in lines.indices {
      let around = isChanged[max(0, index - 1)...min(lines.count - 1, index + 1)]
      // The first says of what kind it is.
      guard index == 0 || around.contains(true) else {
        continue
      }
      if index > last + 1 { shown.append("  …") }
      shown.append(lines[index])
      last = index
    }
    return shown
  }
}
