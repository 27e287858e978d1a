extension Scenario {
  private static let backup = """
    ## Dump
    - [ ] Dump ^dump
      | prints db.sql {capture=DUMP}
      | ok {rollback}
    - [ ] Check the dump
      | exit 1 {done-if}
      | ok
      | ok {rollback}
    """

  private static let restart = """
    - [ ] Stop
      | ok
      | ok {rollback}
      | ok {always}
    - [ ] Start
      | exit 3
      | ok {rollback}
    """

  /// Steps of embedded notes: entered in their place, undone in their place, asked about like any other.
  static let embeds: [Scenario] = [
    Scenario(
      name: "embed", text: between("- [ ] ![[Backup]] ^backup\n- [ ] C\n  | ok {if=DUMP}"),
      parts: ["Backup": backup],
      status: 0),
    Scenario(
      name: "embed that fails", text: between("- [ ] ![[Restart]]\n  | ok {rollback}"),
      parts: ["Restart": restart], status: 3),
    Scenario(
      name: "embed twice, of which the second fails",
      text: between("- [ ] ![[Backup#Dump]]\n- [ ] ![[Backup|Again]]\n- [ ] ![[Restart]]"),
      parts: ["Backup": backup, "Restart": restart], status: 3),
    Scenario(
      name: "embed in an embed, failing and stopping",
      text: between("- [ ] ![[Outer]] {on-error=stop}"),
      parts: ["Outer": "- [ ] First\n  | ok\n- [ ] ![[Restart]]", "Restart": restart], status: 1),
    Scenario(
      name: "embed that may fail", text: between("- [ ] ![[Restart]] {continue-on-error}"),
      parts: ["Restart": restart], status: 0),
    Scenario(
      name: "embed of manual steps, answered",
      text: between("- [ ] ![[Look]]"), parts: ["Look": "- [ ] Look\n- [ ] Look again"],
      answers: ["manual: done skip"], hasTerminal: true, status: 0),
    Scenario(
      name: "embed of a manual step, refused", text: between("- [ ] ![[Look]]"),
      parts: ["Look": "- [ ] Look"], answers: ["manual: no"], hasTerminal: true, status: 3),
    Scenario(
      name: "embed of a manual step, nobody there", text: between("- [ ] ![[Look]]"),
      parts: ["Look": "- [ ] Look"], status: 75),
    Scenario(
      name: "embed by hand", text: between("- [x] ![[Restart]]"), parts: ["Restart": restart],
      status: 0),
    Scenario(
      name: "embed confirmed", text: between("- [ ] ![[Look]] {confirm=\"Really?\"}"),
      parts: ["Look": "- [ ] Look\n  | ok"], answers: ["confirm: yes"], hasTerminal: true,
      status: 0),
    Scenario(
      name: "embed done already", text: between("- [ ] ![[Restart]]\n  | ok {done-if}"),
      parts: ["Restart": restart], status: 0),
    Scenario(
      name: "embed, only one step of it", text: between("- [ ] ![[Restart]]"),
      parts: ["Restart": restart], only: ["Stop"], status: 0),
    Scenario(
      name: "embed, from a step of it on", text: between("- [ ] ![[Backup]]"),
      parts: ["Backup": backup], from: "Check the dump", status: 0),
    Scenario(
      name: "embed interrupted", text: between("- [ ] ![[Long]]"),
      parts: ["Long": "- [ ] Long\n  | ok after 20\n  | ok {rollback}"],
      interrupts: ["Long"], status: 3),
  ]
}
