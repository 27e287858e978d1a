import Foundation
import TestSupport
import Testing

/// Which run is meant where none is named.
@Suite(.paced) struct RunChoiceTests {
  private static let undoable =
    "---\ncwd: /tmp\n---\n- [ ] A\n  ```bash\n  echo \"this is $RUNBOOK_RUN\"\n  ```\n"
    + "  ```bash {rollback}\n  true\n  ```\n"
  private static let waiting = "- [ ] Look\n"

  private static func runbook(_ notes: [String: String]) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    for (name, text) in notes { try runbook.write(name, text) }
    return runbook
  }

  /// Without a terminal; each ends by itself.
  private static let commands = [
    ["rollback"], ["cancel"], ["cancel", "--abandon"], ["resume"], ["attach"], ["logs"],
  ]

  // MARK: The place

  /// Whatever state the other vault's run is in, and whether this one has runs.
  @Test(arguments: [undoable, waiting], [nil, undoable, waiting])
  func anotherVaultsRunIsNeverMeant(_ other: String, _ own: String?) async throws {
    let runbook = try Self.runbook([
      "one/.obsidian/app.json": "{}", "two/.obsidian/app.json": "{}", "two/note.md": other,
      "one/note.md": own ?? "", "one/inner/.obsidian/app.json": "{}",
      "one/inner/note.md": other,
    ])
    var mine = ""
    if own != nil {
      _ = try await runbook.run(["exec", "note.md"], cwd: "one")
      mine = runbook.latest
    }
    // Another vault is one inside this one, too.
    var others: [String] = []
    for folder in ["two", "one/inner"] {
      _ = try await runbook.run(["exec", "note.md"], cwd: folder)
      others.append(runbook.latest)
    }
    let before = try ["two/note.md", "one/inner/note.md"].map(runbook.bytes)
    for command in Self.commands {
      let result = try await runbook.run(command, cwd: "one")
      let said = result.stdout + result.stderr
      for id in others { #expect(!said.contains(id.suffix(4)), "\(command): \(said)") }
      if own == nil {
        #expect(result.status == 2 && said.contains("no run of the vault "), "\(command): \(said)")
      } else if !["attach", "logs"].contains(command[0]) {
        #expect(said.contains(mine.suffix(4)), "\(command): \(said)")
      }
    }
    #expect(try ["two/note.md", "one/inner/note.md"].map(runbook.bytes) == before)
    let runs = try await runbook.run("runs").stdout
    for id in others {
      let line = runs.split(separator: "\n").first { $0.hasPrefix(id.suffix(4)) }
      #expect(line?.contains(other == Self.waiting ? "paused" : "succeeded") == true, "\(runs)")
    }
  }

  /// Outside of any vault, the folder's notes; of several places somebody has to choose.
  @Test func ofSeveralPlacesOneIsChosen() async throws {
    let runbook = try Self.runbook([
      "a/note.md": Self.undoable, "b/note.md": Self.undoable, "c/other.md": Self.waiting,
      "empty/x.md": "",
    ])
    let none = try await runbook.run(["logs"], cwd: "empty")
    #expect(none.status == 2 && none.stderr.contains("no run is remembered here"))
    for folder in ["a", "b"] { _ = try await runbook.run(["exec", "note.md"], cwd: folder) }
    let last = runbook.latest
    let here = try await runbook.run(["logs"], cwd: "b")
    #expect(here.stdout == "── 1 A\nthis is \(last)\n")
    for (place, name) in [("", "above"), ("empty", "elsewhere")] {
      for command in ["logs", "rollback"] {
        let refused = try await runbook.run([command], cwd: place)
        #expect(refused.status == 2 && refused.stdout == "")
        let text = try runbook.plain(refused.stderr)
          .replacing(try Regex("(?m)^[0-9a-f]{4} "), with: "<id> ")
          .replacing(try Regex(" {2,}(?=\\S)"), with: "  ")
        try Golden.expect(text, is: "Exec/which-run-\(name)-\(command).err")
        #expect(refused.stderr.hasSuffix("runbook \(command) \(last.suffix(4))\n"))
      }
      let nothing = try await runbook.run(["resume"], cwd: place)
      #expect(nothing.status == 2, "\(nothing.stderr)")
    }
    // By its id, from anywhere.
    let named = try await runbook.run(["logs", String(last.suffix(4))], cwd: "empty")
    #expect(named.stdout == here.stdout)
    let gone = try await runbook.run(["logs", "0000x"], cwd: "empty")
    #expect(gone.status == 2 && gone.stderr.contains("runbook runs"))
    #expect(!gone.stderr.contains(last.suffix(4)))
  }

  @Test(.enabled(if: Tmux.isThere)) func aTerminalAsksWhich() async throws {
    let runbook = try Self.runbook(["a/note.md": Self.undoable, "b/note.md": Self.undoable])
    _ = try await runbook.run(["exec", "note.md"], cwd: "a")
    let first = runbook.latest
    _ = try await runbook.run(["exec", "note.md"], cwd: "b")
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook logs; echo \"status $?\"\n")
    let asked = try await tmux.wait(for: "Which run? Its id:")
    #expect(asked.contains("a/note.md") && asked.contains("b/note.md"), "\(asked)")
    tmux.type("\(first.suffix(4))\n")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(end.contains("this is \(first)"), "\(end)")
    tmux.type("clear; runbook logs; echo \"status $?\"\n")
    try await tmux.wait(for: "Which run? Its id:")
    tmux.type("\n")
    try await tmux.wait { $0.contains("no run was chosen") && $0.hasSuffix("status 2\n$") }
  }

  // MARK: With which it can be done

  /// The latest that waits may not be the latest that there is.
  @Test func theLatestIsOneForWhichThatCanBeDone() async throws {
    let runbook = try Self.runbook([
      ".obsidian/app.json": "{}", "wait.md": Self.waiting, "undo.md": Self.undoable,
      "plain.md": "---\ncwd: /tmp\n---\n- [ ] B\n  ```bash\n  echo plain\n  ```\n",
    ])
    var ids: [String: String] = [:]
    for note in ["undo.md", "wait.md", "plain.md"] {
      _ = try await runbook.run("exec", note)
      ids[note] = String(runbook.latest.suffix(4))
    }
    func says(_ command: String...) async throws -> String {
      let result = try await runbook.run(command)
      return result.stdout + result.stderr
    }
    #expect(try await says("logs") == "── 1 B\nplain\n")
    #expect(try await says("rollback").contains("rollback \(ids["undo.md"] ?? "?") --yes"))
    #expect(try await says("resume").contains("resume \(ids["wait.md"] ?? "?")"))
    #expect(try await says("attach").contains("waiting at “Look”"))
    // Nothing carries it, so it can only be given up.
    #expect(try await says("cancel").contains(" has ended already"))
    #expect(try await says("cancel", "--abandon").contains("is given up"))
    // A note's own latest run, wherever one stands.
    #expect(try await says("logs", "undo.md").contains("this is "))
    let elsewhere = try await runbook.run(
      ["rollback", "work/undo.md"], cwd: runbook.scratch.path)
    #expect(elsewhere.stderr.contains("rollback \(ids["undo.md"] ?? "?") --yes"))
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("plain.md"))
    #expect(try await says("logs", "plain.md") == "── 1 B\nplain\n")
    #expect(try await says("logs", "never.md").contains("no run of never.md is remembered"))
    // What has a run on top that was left is not undone below it; its own words say why.
    #expect(try await says("rollback", "plain.md").contains("has nothing to undo"))
  }

  // MARK: The order

  /// After the end of summer time, or by cron in another zone, the later run has the earlier clock.
  @Test func theLatestIsTheOneThatBeganLast() async throws {
    let runbook = try Self.runbook([".obsidian/app.json": "{}", "note.md": Self.undoable])
    _ = try await runbook.run("exec", "note.md", environment: ["TZ": "Asia/Tokyo-9"])
    let first = runbook.latest
    let changed = try runbook.read("note.md").replacing("this is", with: "that is")
    try runbook.write("note.md", changed)
    _ = try await runbook.run("exec", "note.md", environment: ["TZ": "Here+8"])
    let second = runbook.latest
    #expect(first != second && !first.isEmpty)
    #expect(try await runbook.run("logs").stdout.contains("that is \(second)"))
    let list = try await runbook.run("runs", "--json").stdout
    let places = [second, first].compactMap { list.range(of: $0)?.lowerBound }
    #expect(places.count == 2 && places[0] < places[1])
    let rollback = try await runbook.run("rollback")
    #expect(rollback.stderr.contains("runbook rollback \(second.suffix(4)) --yes"))
    let below = try await runbook.run("rollback", first, "--yes")
    #expect(below.status == 2 && below.stderr.contains("the note was run again since: \(second)"))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("Runs").path)
    let records = try names.map { try runbook.read("Runs/\($0)") }
    let later = try #require(records.first { $0.contains("run_id: \(second)") })
    #expect(later.contains("Compared with the run `\(first)`"), "\(later)")
    #expect(later.contains(" -08:00 · ") && later.contains("\nrun_order: "))
    try runbook.write("wait.md", Self.waiting)
    _ = try await runbook.run("exec", "wait.md", environment: ["TZ": "There-14"])
    let old = runbook.latest
    try runbook.write("wait2.md", Self.waiting)
    _ = try await runbook.run("exec", "wait2.md", environment: ["TZ": "Here+11"])
    let resumed = try await runbook.run("resume")
    #expect(resumed.status == 75 && resumed.stdout.contains(runbook.latest.suffix(4)))
    #expect(!resumed.stdout.contains(old.suffix(4)))
  }
}
