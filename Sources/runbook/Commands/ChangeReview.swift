import Runbook

/// What a note can execute now and could not when it was last run here: shown, and asked about, before anything runs.
struct ChangeReview {
  let loaded: LoadedNote
  let known: KnownNote
  /// `--trusted-only`: what has not been run here before is refused.
  let isStrict: Bool
  /// `--yes`.
  let isAccepted: Bool

  /// - Throws: where it is refused, or the answer is no.
  func pass(_ front: FrontDoor) throws {
    guard let parts = known.parts else {
      // The first time all is new: who asks whether somebody means what he has just typed is answered unread.
      if isStrict { throw refuse("\(loaded.plan.file) has not been run here before") }
      return
    }
    let changes = ExecutableChange.between(parts, loaded.plan.executable)
    guard !changes.isEmpty else { return }
    Output.complain(
      "\(loaded.plan.file) has changed since it was last run here:\n\(ChangeListing.text(changes))")
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
}
