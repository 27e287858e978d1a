extension Scenario {
  /// The menu at the end of a block's time, and what the policies do where nobody answers.
  static let timeMenus: [Scenario] = [
    Scenario(
      name: "time menu wait", text: between("- [ ] C\n  | ok after 12 {timeout=5}"),
      answers: ["timeout: wait wait"], hasTerminal: true, status: 0),
    Scenario(
      name: "time menu wait more than three times",
      text: between("- [ ] C\n  | ok after 40 {timeout=5}"),
      answers: ["timeout: wait wait wait wait wait wait"], hasTerminal: true, status: 0),
    Scenario(
      name: "time menu background", text: between("- [ ] C\n  | ok after 12 {timeout=5}"),
      answers: ["timeout: background"], hasTerminal: true, status: 0),
    Scenario(
      name: "time menu background, with no further limit",
      text: between("- [ ] C\n  | ok after 900 {timeout=5 idle=30}"),
      answers: ["timeout: background"], hasTerminal: true, status: 0),
    Scenario(
      name: "time menu stop", text: between("- [ ] C\n  | hang {timeout=5 retries=2}"),
      answers: ["timeout: stop"], hasTerminal: true, status: 124),
    Scenario(
      name: "its own policy at once, cancel",
      text: between("- [ ] C\n  | hang {timeout=5 on-timeout=cancel}"),
      answers: ["failure: rollback"], hasTerminal: true, status: 3),
    Scenario(
      name: "its own policy at once, fallback",
      text: between("- [ ] C\n  | hang {timeout=5 on-timeout=fallback}\n  | ok {fallback}"),
      hasTerminal: true, status: 0),
    Scenario(
      name: "its own policy at once, extend",
      text: between("- [ ] C\n  | ok after 12 {timeout=5 on-timeout=extend}"), hasTerminal: true,
      status: 0),
    Scenario(
      name: "its own policy at once, background",
      text: between("- [ ] C\n  | hang {timeout=5 on-timeout=background}"), hasTerminal: true,
      status: 3),
    Scenario(
      name: "time menu fallback",
      text: between("- [ ] C\n  | hang {timeout=5}\n  | ok {fallback}\n  | ok"),
      answers: ["timeout: fallback"], hasTerminal: true, status: 0),
    Scenario(
      name: "time menu cancel",
      text: between(
        "- [ ] C\n  | hang {timeout=5 retries=2 on-error=continue}\n  | ok {fallback}\n  | ok {rollback}"
      ),
      answers: ["timeout: cancel"], hasTerminal: true, status: 3),
    Scenario(
      name: "time menu cancel with nothing to undo", text: "- [ ] C\n  | hang {timeout=5}",
      answers: ["timeout: cancel"], hasTerminal: true, status: 124),
    Scenario(
      name: "time menu, ended meanwhile", text: between("- [ ] C\n  | ok after 20 {timeout=5}"),
      hasTerminal: true, status: 0),
    Scenario(
      name: "time menu, failed meanwhile",
      text: between("- [ ] C\n  | exit 3 after 20 {timeout=5}"), answers: ["failure: stop"],
      hasTerminal: true, status: 1),
    Scenario(
      name: "time menu unanswered", text: between("- [ ] C\n  | hang {timeout=5}"),
      hasTerminal: true, status: 3),
    Scenario(
      name: "time menu unanswered, fallback",
      text: between("- [ ] C\n  | hang {timeout=5}\n  | ok {fallback}"), hasTerminal: true,
      status: 0),
    Scenario(
      name: "time menu unanswered, and asked no more",
      text: between("- [ ] C\n  | hang {timeout=5 retries=1}"), hasTerminal: true, status: 3),
    Scenario(
      name: "time menu unanswered, then stop",
      text: between("- [ ] C\n  | hang {timeout=5 on-error=stop}"), hasTerminal: true, status: 124),
    Scenario(
      name: "time menu of the second block, the fallback spent",
      text: between("- [ ] C\n  | hang {timeout=5}\n  | hang {timeout=5}\n  | ok {fallback}"),
      answers: ["timeout: fallback wait cancel"], hasTerminal: true, status: 3),
    Scenario(
      name: "time menu, interrupted", text: between("- [ ] C\n  | hang {timeout=5}"),
      answers: ["interrupt: rollback"], interrupts: ["question timeout"], hasTerminal: true,
      status: 3),
    Scenario(
      name: "over its time while asked about an interruption",
      text: between("- [ ] C\n  | hang {timeout=5}"), answers: ["timeout: cancel"],
      interrupts: ["C"], hasTerminal: true, status: 3),
    Scenario(
      name: "silence, wait, then over its time",
      text: between("- [ ] C\n  | hang {idle=5 timeout=8}"), answers: ["timeout: wait cancel"],
      hasTerminal: true, status: 3),
    Scenario(
      name: "silence extended by policy",
      text: between("- [ ] C\n  | ok after 18 {idle=5 timeout=none on-timeout=extend}"), status: 0),
    Scenario(
      name: "a rollback over its time is not asked about",
      text: between("- [ ] C\n  | exit 1\n  | hang {rollback timeout=5}"),
      answers: ["failure: rollback"], hasTerminal: true, status: 4),
    Scenario(
      name: "interactive over its time",
      text: between("- [ ] C\n  | hang {interactive timeout=5}"), answers: ["failure: rollback"],
      hasTerminal: true, status: 3),
  ]

  /// Blocks that ran and whose end nobody knows.
  static let ambiguities: [Scenario] = [
    Scenario(name: "end unknown", text: unknown, status: 75),
    Scenario(
      name: "end unknown, asked, run again", text: unknown, answers: ["ambiguous: run"],
      hasTerminal: true, status: 0),
    Scenario(
      name: "end unknown, asked, run again and again",
      text: unknown.replacing("lost; ok", with: "lost"), answers: ["ambiguous: run run done"],
      hasTerminal: true, status: 0),
    Scenario(
      name: "end unknown, asked, taken as done", text: unknown, answers: ["ambiguous: done"],
      hasTerminal: true, status: 0),
    Scenario(
      name: "end unknown, asked, roll back", text: unknown, answers: ["ambiguous: rollback"],
      hasTerminal: true, status: 3),
    Scenario(
      name: "end unknown, asked, stop", text: unknown, answers: ["ambiguous: stop"],
      hasTerminal: true, noRollback: true, status: 1),
    Scenario(
      name: "end unknown, interrupted", text: unknown, answers: ["interrupt: rollback"],
      interrupts: ["question ambiguous"], hasTerminal: true, status: 3),
    Scenario(
      name: "end unknown, rerun", text: unknown, onAmbiguous: .rerun, status: 0),
    Scenario(
      name: "end unknown, skip", text: unknown, onAmbiguous: .skip, status: 0),
    Scenario(
      name: "end unknown, rollback",
      text: unknown.replacing("retries=2", with: "on-error=continue"),
      onAmbiguous: .rollback, status: 3),
    Scenario(
      name: "end of a rollback unknown",
      text: between("- [ ] C\n  | exit 1\n  | lost {rollback}"), status: 4),
  ]

  private static let unknown = between(
    "- [ ] C\n  | lost; ok {retries=2 capture=VALUE}\n  | ok {rollback}")
}
