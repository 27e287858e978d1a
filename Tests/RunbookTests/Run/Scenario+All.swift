extension Scenario {
  static let all =
    forward + failures + ambiguities + timeouts + timeMenus + people + interruptions + embeds

  /// A, B with something to undo, then what is given, then D.
  static func between(_ third: String) -> String {
    """
    - [ ] A
      | ok
      | ok {rollback}
    - [ ] B
      | ok
      | ok {rollback}
    \(third)
    - [ ] D
      | ok
      | ok {rollback}
    """
  }

  private static let nested = """
    - [ ] Deploy
      | ok
      | ok {rollback}
      - [ ] Upload
        | ok
        | ok {rollback}
      - [ ] Switch
        - [ ] Link
          | ok
          | ok {rollback}
        - [ ] Restart
          | exit 3
          | ok {rollback}
      - [ ] Never
        | ok
    - [ ] After
      | ok
    """

  private static let forward: [Scenario] = [
    Scenario(name: "linear", text: between("- [ ] C\n  | ok\n  | ok"), status: 0),
    Scenario(
      name: "nested", text: nested.replacingExit(), status: 0),
    Scenario(
      name: "only inside a parent", text: nested.replacingExit(), only: ["Restart"], status: 0),
    Scenario(
      name: "from inside a parent", text: nested, from: "Link", status: 3),
    Scenario(
      name: "done-if yes and no",
      text: "- [ ] A\n  | ok {done-if}\n  | ok\n- [ ] B\n  | exit 1 {done-if retries=3}\n  | ok",
      status: 0),
    Scenario(
      name: "done-if that hangs", text: between("- [ ] C\n  | hang {done-if timeout=5}\n  | ok"),
      status: 3),
    Scenario(
      name: "done-if that cannot start",
      text: between("- [ ] C\n  | missing {done-if}\n  | ok"), status: 3),
    Scenario(
      name: "if",
      text:
        "- [ ] A\n  | prints yes {capture=ANSWER}\n- [ ] B {if=ANSWER=no}\n  | ok\n  | ok {always}\n  - [ ] Child\n    | ok\n- [ ] C\n  | ok {if=!ANSWER}\n  | ok {if=ANSWER}\n  | ok {rollback}\n- [ ] D\n  | exit 1",
      status: 3),
    Scenario(
      name: "monitoring", text: between("- [ ] C\n  | ok after 2 {every=10 for=30}"), status: 0),
    Scenario(
      name: "monitoring slow", text: "- [ ] C\n  | ok after 25 {every=10 for=60}", status: 0),
    Scenario(
      name: "monitoring fails",
      text: between(
        "- [ ] C\n  | ok; ok; exit 1; ok; exit 1; ok {every=10 for=60 retries=1 delay=2}"),
      status: 0),
    Scenario(
      name: "monitoring fails for good",
      text: between("- [ ] C\n  | ok; ok; exit 7 {every=10 for=60}"), status: 3),
    Scenario(
      name: "always", text: between("- [ ] C\n  | ok\n  | exit 9 {always}\n  | ok {always}"),
      status: 0),
  ]

  private static let failures: [Scenario] = [
    Scenario(
      name: "failing with rollback",
      text: between("- [ ] C\n  | exit 23\n  | ok {rollback}\n  | ok {rollback}"), status: 3),
    Scenario(name: "nested failing", text: nested, status: 3),
    Scenario(name: "nothing to roll back", text: "- [ ] A\n  | exit 5\n- [ ] B\n  | ok", status: 1),
    Scenario(
      name: "no rollback wanted", text: between("- [ ] C\n  | exit 5"), noRollback: true, status: 1),
    Scenario(name: "stop", text: between("- [ ] C\n  | exit 5 {on-error=stop}"), status: 1),
    Scenario(
      name: "continue",
      text: between("- [ ] C {continue-on-error}\n  | exit 5\n  | ok\n  - [ ] Child\n    | ok"),
      status: 0),
    Scenario(
      name: "retries without delay",
      text: between(
        "- [ ] C\n  | exit 1; exit 1; exit 1; exit 1; exit 1; exit 1; ok {retries=6}"), status: 0),
    Scenario(
      name: "retries with delay",
      text: between("- [ ] C\n  | exit 1; exit 1; ok {retries=3 delay=7}"),
      status: 0),
    Scenario(
      name: "retries used up", text: between("- [ ] C\n  | exit 1 {retries=2 delay=7}"), status: 3),
    Scenario(
      name: "cannot start", text: between("- [ ] C\n  | missing {retries=1}\n  | ok {rollback}"),
      status: 3),
    Scenario(
      name: "rollback failing",
      text: "- [ ] A\n  | ok\n  | ok {rollback}\n"
        + between("- [ ] C\n  | exit 1\n  | exit 2; ok {rollback retries=1}\n  | exit 3 {rollback}"),
      status: 4),
    Scenario(
      name: "always after rollback", text: between("- [ ] C\n  | exit 1\n  | ok {always}"),
      status: 3),
    Scenario(
      name: "unkillable", text: between("- [ ] C\n  | unkillable {timeout=5}\n  | ok {rollback}"),
      status: 4),
    Scenario(
      name: "menu retry then stop", text: between("- [ ] C\n  | exit 4"),
      answers: ["failure: retry stop"], hasTerminal: true, status: 1),
    Scenario(
      name: "menu retry succeeds", text: between("- [ ] C\n  | exit 4; ok"),
      answers: ["failure: retry"], hasTerminal: true, status: 0),
    Scenario(
      name: "menu rollback", text: between("- [ ] C\n  | exit 4 {on-error=stop}"),
      answers: ["failure: rollback"], hasTerminal: true, status: 3),
    Scenario(
      name: "menu done, and the step's next block", text: between("- [ ] C\n  | exit 4\n  | ok"),
      answers: ["failure: done"], hasTerminal: true, status: 0),
    Scenario(
      name: "menu done, undone with the others",
      text: "- [ ] C\n  | missing\n  | ok {rollback}\n- [ ] D\n  | exit 5",
      answers: ["failure: done rollback"], hasTerminal: true, status: 3),
    Scenario(
      name: "menu done, of a block that was refused",
      text: "- [ ] C\n  | ok {confirm=Really?}\n  | ok\n  | ok {rollback}\n- [ ] D\n  | exit 5",
      answers: ["confirm: no", "failure: done"], hasTerminal: true, status: 3),
    Scenario(
      name: "menu done, of a fallback and of done-if",
      text:
        "- [ ] C\n  | hang {timeout=5}\n  | exit 4 {fallback}\n  | ok\n"
        + "- [ ] D\n  | signal 9 {done-if}\n  | ok", answers: ["failure: done done"],
      hasTerminal: true, status: 0),
    Scenario(
      name: "menu skip", text: nested, answers: ["failure: skip"], hasTerminal: true, status: 0),
    Scenario(
      name: "menu skip, nested steps too",
      text: between("- [ ] C\n  | exit 4\n  | ok\n  - [ ] Child\n    | ok"),
      answers: ["failure: skip"], hasTerminal: true, status: 0),
    Scenario(
      name: "menu unanswered", text: between("- [ ] C\n  | exit 4 {on-error=stop}"),
      hasTerminal: true, status: 1),
  ]

  private static let timeouts: [Scenario] = [
    Scenario(name: "timed out", text: between("- [ ] C\n  | hang {timeout=5}"), status: 3),
    Scenario(
      name: "timed out alone", text: "- [ ] A\n  | stubborn {timeout=5 grace=3}", status: 124),
    Scenario(
      name: "timed out and tried again",
      text: between("- [ ] C\n  | hang; ok {timeout=5 retries=1 delay=2}"), status: 0),
    Scenario(
      name: "silent", text: between("- [ ] C\n  | hang {idle=5 timeout=none}"), status: 3),
    Scenario(
      name: "fallback",
      text: between("- [ ] C\n  | hang {timeout=5 retries=2}\n  | ok {fallback}\n  | ok"), status: 0
    ),
    Scenario(
      name: "fallback times out",
      text: between("- [ ] C\n  | hang {timeout=5}\n  | hang {fallback timeout=3}\n  | ok"),
      status: 3),
    Scenario(
      name: "fallback once only",
      text: between("- [ ] C\n  | hang {timeout=5}\n  | hang {timeout=5}\n  | ok {fallback}"),
      status: 3),
    Scenario(
      name: "fallback left out",
      text: between("- [ ] C\n  | hang {timeout=5}\n  | ok {fallback if=NOTHING}\n  | ok").params(),
      status: 3),
    Scenario(
      name: "extend three times", text: between("- [ ] C\n  | hang {timeout=5 on-timeout=extend}"),
      status: 3),
    Scenario(
      name: "extend in time",
      text: between("- [ ] C\n  | ok after 12 {timeout=5 on-timeout=background}"), status: 0),
    Scenario(
      name: "continue after a timeout",
      text: between("- [ ] C\n  | hang {timeout=5 on-error=continue}\n  | ok"), status: 0),
  ]

  private static let people: [Scenario] = [
    Scenario(
      name: "manual done", text: between("- [ ] Look"), answers: ["manual: done"],
      hasTerminal: true, status: 0),
    Scenario(
      name: "manual no", text: between("- [ ] Look"), answers: ["manual: no"], hasTerminal: true,
      status: 3),
    Scenario(
      name: "manual skip", text: between("- [ ] Look"), answers: ["manual: skip"],
      hasTerminal: true, status: 0),
    Scenario(name: "manual without terminal", text: between("- [ ] Look"), yes: true, status: 75),
    Scenario(
      name: "confirm yes",
      text: between("- [ ] C {confirm=Really?}\n  | ok {confirm=\"The block?\"}"),
      answers: ["confirm: yes yes"], hasTerminal: true, status: 0),
    Scenario(
      name: "confirm no", text: between("- [ ] C\n  | ok {confirm=Really?}\n  | ok {rollback}"),
      answers: ["confirm: no"], hasTerminal: true, status: 3),
    Scenario(
      name: "confirm no, let pass",
      text: between("- [ ] C\n  | ok {confirm=Really? on-error=continue}\n  | ok"),
      answers: ["confirm: no"], hasTerminal: true, status: 0),
    Scenario(
      name: "confirm without terminal", text: between("- [ ] C\n  | ok {confirm=Really?}"),
      status: 75),
    Scenario(
      name: "confirm by --yes",
      text: between(
        "- [ ] C\n  | ok {confirm=Really?}\n  | ok {rollback confirm=Undo?}\n- [ ] E\n  | exit 1"),
      yes: true, status: 4),
    Scenario(
      name: "rollback confirmed",
      text: between("- [ ] C\n  | exit 1\n  | ok {rollback confirm=Undo?}"),
      answers: ["failure: rollback", "confirm: yes"], hasTerminal: true, status: 3),
    Scenario(
      name: "rollback confirm unanswered",
      text: between(
        "- [ ] C\n  | exit 1\n  | ok {rollback confirm=Undo?}\n  | ok {rollback confirm=Undo?}"),
      hasTerminal: true, status: 4),
    Scenario(
      name: "interactive without terminal", text: between("- [ ] C\n  | ok {interactive}"),
      status: 75
    ),
    Scenario(
      name: "interactive rollback and always without terminal",
      text: between(
        "- [ ] C\n  | exit 1\n  | ok {rollback interactive}\n  | ok {always interactive}"),
      status: 4),
    Scenario(
      name: "step by step", text: between("- [ ] C\n  | ok\n  | ok {always}"),
      answers: ["before-step: run run skip stop"], hasTerminal: true, asksBeforeSteps: true,
      status: 130),
    Scenario(
      name: "step by step without terminal", text: between("- [ ] C\n  | ok"),
      asksBeforeSteps: true, status: 75),
    Scenario(
      name: "by hand", text: between("- [x] C\n  | exit 1\n  - [ ] Child\n    | exit 1"), status: 0),
  ]

  private static let interruptions: [Scenario] = [
    Scenario(
      name: "interrupted", text: between("- [ ] C\n  | hang\n  | ok {rollback}"),
      interrupts: ["C"], status: 3),
    Scenario(
      name: "interrupted twice", text: between("- [ ] C\n  | stubborn\n  | ok {always}"),
      interrupts: ["C", "stopping"], status: 130),
    Scenario(
      name: "interrupted, nothing to undo", text: "- [ ] A\n  | hang\n  | ok {always}",
      interrupts: ["A"], status: 130),
    Scenario(
      name: "interrupted, asked, keep", text: between("- [ ] C\n  | hang"),
      answers: ["interrupt: stop"], interrupts: ["C"], hasTerminal: true, status: 130),
    Scenario(
      name: "interrupted, asked, ended meanwhile", text: between("- [ ] C\n  | ok after 2"),
      answers: ["interrupt: stop"], interrupts: ["C"], hasTerminal: true, status: 130),
    Scenario(
      name: "interrupted, asked, nobody answers", text: between("- [ ] C\n  | hang"),
      interrupts: ["C"], hasTerminal: true, status: 3),
    Scenario(
      name: "interrupted twice at the question", text: between("- [ ] C\n  | hang"),
      interrupts: ["C", "question interrupt"], hasTerminal: true, status: 130),
    Scenario(
      name: "interrupted at a manual step", text: between("- [ ] Look"),
      answers: ["interrupt: rollback"], interrupts: ["question manual"], hasTerminal: true,
      status: 3),
    Scenario(
      name: "interrupted at the menu", text: between("- [ ] C\n  | exit 6 {on-error=stop}"),
      answers: ["interrupt: rollback"], interrupts: ["question failure"], hasTerminal: true,
      status: 3),
    Scenario(
      name: "interrupted in a pause",
      text: between("- [ ] C\n  | exit 1 {retries=3 delay=60}\n  | ok {rollback}"),
      interrupts: ["pause"], status: 3),
    Scenario(
      name: "interrupted once in rollback",
      text: between("- [ ] C\n  | exit 1\n  | ok after 5 {rollback}"),
      interrupts: ["C (rollback)"], status: 3),
    Scenario(
      name: "interrupted twice in rollback",
      text: between("- [ ] C\n  | hang\n  | hang {rollback}\n  | ok {always}"),
      interrupts: ["C", "C (rollback)", "C (rollback)"], status: 4),
    Scenario(
      name: "interrupted, then once in its rollback",
      text: between("- [ ] C\n  | hang\n  | ok after 5 {rollback}"),
      interrupts: ["C", "C (rollback)"], status: 3),
    Scenario(
      name: "interrupted, then once in always",
      text: between("- [ ] C\n  | hang\n  | ok after 5 {always}"),
      answers: ["interrupt: stop"], interrupts: ["C", "C (always)"], hasTerminal: true, status: 130),
    Scenario(
      name: "interrupted in always",
      text: between("- [ ] C\n  | ok\n  | hang {always}\n  | ok {always}"),
      interrupts: ["C#1 (always)", "C#1 (always)"], status: 0),
    Scenario(
      name: "interrupted, asked, leave it running", text: between("- [ ] C\n  | ok after 9"),
      answers: ["interrupt: leave"], interrupts: ["C"], hasTerminal: true, status: 0),
    Scenario(
      name: "interrupted, left, interrupted again", text: between("- [ ] C\n  | ok after 9"),
      answers: ["interrupt: leave"], interrupts: ["C", "left behind"], hasTerminal: true, status: 3),
    Scenario(
      name: "interrupted, left at a manual step", text: between("- [ ] Look"),
      answers: ["interrupt: leave"], interrupts: ["question manual"], hasTerminal: true,
      status: 75),
    Scenario(
      name: "interrupted with --no-rollback", text: between("- [ ] C\n  | hang"),
      interrupts: ["C"], hasTerminal: true, noRollback: true, status: 130),
  ]
}

extension String {
  fileprivate func replacingExit() -> String {
    split(separator: "\n").map { $0.hasSuffix("exit 3") ? $0.dropLast(6) + "ok" : $0 }
      .joined(separator: "\n")
  }

  func params() -> String { "---\nparams:\n  - NOTHING=\n---\n" + self }
}
