import Testing

@testable import Runbook

/// The record of a run as a note: what it holds, and what it must not.
struct RecordNoteTests {
  private static func record(
    _ scenario: Scenario, note: String = "Workflow-Quick", baseline: Plan? = nil,
    mask: [String] = []
  ) throws -> String {
    let plan = try scenario.plan()
    var run = scenario.run(scenario.world(plan))
    _ = run.run()
    let id = try #require(RunID("20260101-000000-0000"))
    let record = RecordNote(
      plan: plan, state: run.state, logs: [], refusals: [], note: NoteLink(to: note),
      baseline: baseline.map { RunBaseline(run: id, plan: $0) }, mask: SecretMask(mask),
      tools: ToolVersions())
    return String(decoding: record.bytes, as: UTF8.self)
  }

  /// Whatever ran and however it ended: properties that are known, no task, no step to run, no block id, no embed,
  /// and figures that are read again as they were.
  @Test(arguments: Scenario.all)
  func itIsNoRunbook(_ scenario: Scenario) throws {
    let text = try Self.record(scenario)
    let note = try Note(Array(text.utf8))
    #expect(note.tasks.isEmpty && note.problems.isEmpty && note.tags == ["runbook-run"])
    #expect(note.ownMarks.regions.isEmpty && !text.contains("![[") && !text.contains("<%"))
    let keys = try #require(note.frontMatter).entries.map(\.key)
    #expect(keys.allSatisfy(RecordProperties.names.contains), "\(keys)")
    #expect(keys.contains("mode") && keys.contains("run_id"))
    for fence in note.fences {
      #expect(["text", "diff", "mermaid"].contains(note.text(fence.language)))
      #expect(fence.closingLine != nil)
    }
    for line in Self.gantt(text) { #expect(Self.isGantt(line), "\(line)") }
    let plan = try scenario.plan()
    let summary = try #require(RecordSummary(note.bytes))
    #expect(summary.runbook == "Workflow-Quick" && summary.steps.count == plan.steps.count)
  }

  private static func gantt(_ text: String) -> [Substring] {
    let lines = text.split(separator: "\n")
    guard let start = lines.firstIndex(of: "```mermaid") else { return [] }
    return Array(lines[(start + 2)...].prefix { $0 != "```" })
  }

  /// Mermaid's grammar, as far as we write it.
  private static func isGantt(_ line: Substring) -> Bool {
    let bar =
      #/ {4}[0-9][^:;#%]* :(done|crit|active), \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}, \d+ms/#
    let other = #/ {4}(title|section) [^:;#%]+/#
    let format = #/ {4}(dateFormat YYYY-MM-DD HH:mm:ss\.SSS|axisFormat (%H:%M:%S|%M:%S\.%L))/#
    return line.wholeMatch(of: bar) != nil || line.wholeMatch(of: other) != nil
      || line.wholeMatch(of: format) != nil
  }

  @Test(arguments: [
    "title: x; y #z %% w", "section A", "2026-01-01 a", "a ``` b", "a | b",
    "![[Other]] [ ] <% x %>",
    "click me \"now\" 🚀 日本語", "%%{init: {}}%%",
  ])
  func hostileTitlesStayInTheirPlace(_ title: String) throws {
    let scenario = try #require(Scenario.all.first)
    let text = "- [ ] \(title)\n  ```bash\n  ok\n  ```\n"
    let (plan, _) = try PlanNote.plan(text)
    try #require(!plan.steps.isEmpty)
    var run = SimulatedRun(scenario.world(plan))
    _ = run.run()
    let record = RecordNote(
      plan: plan, state: run.state, logs: [], refusals: [], note: NoteLink(to: title),
      baseline: nil,
      mask: SecretMask([]), tools: ToolVersions())
    let lines = Self.gantt(String(decoding: record.bytes, as: UTF8.self))
    #expect(lines.count >= 3)
    for line in lines { #expect(Self.isGantt(line), "\(line)") }
    #expect(try #require(RecordSummary(record.bytes)).steps.count == 1)
  }

  // MARK: Changes

  private static func plan(_ code: String, _ rest: String = "") throws -> Plan {
    try PlanNote.plan("- [ ] Build\n  ```bash\n  one\n  \(code)\n  three\n  ```\n\(rest)").plan
  }

  private static func changes(_ old: Plan, _ new: Plan, _ secrets: [String] = []) throws -> String {
    let id = try #require(RunID("20260101-000000-0000"))
    return RecordChanges(
      plan: new, header: SimulatedRun.header(RunOptions()),
      baseline: RunBaseline(run: id, plan: old), mask: SecretMask(secrets)
    ).text
  }

  @Test func aChangedBlockIsADiff() throws {
    let text = try Self.changes(Self.plan("two"), Self.plan("2"))
    #expect(text.contains("changed: Build"))
    #expect(text.contains(">   one\n> - two\n> + 2\n>   three\n"))
  }

  @Test func newBlocksAndThoseThatAreGone() throws {
    let more = "- [ ] Ship\n  ```bash\n  ship\n  ```\n"
    let grown = try Self.changes(Self.plan("two"), Self.plan("two", more))
    #expect(grown.contains("new: Ship") && grown.contains("> + ship\n"))
    #expect(!grown.contains("Build"))
    let shrunk = try Self.changes(Self.plan("two", more), Self.plan("two"))
    #expect(shrunk.contains("gone: Ship") && shrunk.contains("> - ship\n"))
  }

  private static func header(
    commit: String, parameters: [(String, String?)], options: RunOptions = RunOptions()
  ) throws -> RunHeader {
    var choices = PlanChoices()
    choices.only = ["Build"]
    return RunHeader(
      id: try #require(RunID("20260821-140210-7f3a")), note: "/vault/Note.md", file: "Note.md",
      title: "Note", section: nil, digest: "d", user: "ana", machine: "laptop", version: "1",
      parameters: parameters.map {
        RunHeader.ParameterValue(name: $0.0, value: $0.1, source: .note)
      },
      options: options, folder: "/work", commit: Commit(id: commit, isDirty: false),
      choices: choices,
      surroundings: Surroundings(environment: ["PATH": "/usr/bin:/bin", "X": "y"], umask: 0o22))
  }

  @Test func commitAndParametersAreCompared() throws {
    let old = try Self.header(
      commit: "1a2b3c4", parameters: [("A", "1"), ("B", "x|y"), ("C", "same"), ("PASSWORD", nil)])
    let new = try Self.header(
      commit: "5d6e7f8", parameters: [("A", "2"), ("C", "same"), ("D", "new"), ("PASSWORD", nil)])
    let plan = try Self.plan("two")
    let text = RecordChanges(
      plan: plan, header: new,
      baseline: RunBaseline(
        run: old.id, plan: plan, header: old, startedAt: SimulatedRun.moment(0)),
      mask: SecretMask([])
    ).text
    #expect(text.contains("run `20260821-140210-7f3a` of 2026-08-21 14:02:10 by ana."))
    #expect(
      text.contains(
        "\n- commit 1a2b3c4 → 5d6e7f8\n- A: `1` → `2`\n- new: D = `new`\n- gone: B\n"))
    #expect(!text.contains("same") && !text.contains("PASSWORD"))
  }

  @Test func whatAColleagueNeedsToKnow() throws {
    var options = RunOptions()
    options.rollsBack = false
    let text = RecordSurroundings(
      header: try Self.header(
        commit: "1a2b3c4", parameters: [("A", "in hunter2")], options: options),
      tools: ToolVersions(
        system: "Linux 6.1 x86_64", tools: [.init(program: "bash", version: "GNU bash, 5.2")]),
      mask: SecretMask(["hunter2"])
    ).text
    #expect(text.contains("\n- Machine: `laptop, Linux 6.1 x86_64`\n"))
    #expect(text.contains("- bash: `GNU bash, 5.2`\n- Options: --only “Build” --no-rollback\n"))
    #expect(text.contains("- PATH: `/usr/bin:/bin`\n- umask: `022`"))
    #expect(text.contains("| A | in •••• | note |") && !text.contains("| X |"))
  }

  @Test func nothingChanged() throws {
    #expect(try Self.changes(Self.plan("two"), Self.plan("two")).contains("Nothing that runs"))
  }

  @Test func secretsAreMasked() throws {
    let text = try Self.changes(
      Self.plan("two"), Self.plan("echo hunter2-hunter2"), ["hunter2-hunter2"])
    #expect(!text.contains("hunter2"))
  }

  /// A record that could not be read as a note again would be written twice.
  @Test func aRecordIsNeverTooLarge() throws {
    let code = String(repeating: "  echo 0123456789012345678901234567890123456789\n", count: 200)
    let steps = (0..<150).map {
      "- [ ] \(String(repeating: "x", count: 300)) \($0)\n  ```bash\n\(code)  ```\n"
    }
    let (plan, _) = try PlanNote.plan(steps.joined())
    let scenario = try #require(Scenario.all.first)
    var run = SimulatedRun(scenario.world(plan))
    _ = run.run()
    let lines = Array(repeating: String(repeating: "y", count: 200), count: 50)
    let logs = run.state.blocks.map { reference, progress in
      StepLog(
        attempt: AttemptRef(reference, attempt: 1), role: .run,
        result: progress.last?.result, head: [], omitted: 0, tail: lines, size: 1)
    }
    let record = RecordNote(
      plan: plan, state: run.state, logs: logs, refusals: [], note: NoteLink(to: "Big.md"),
      baseline: nil,
      mask: SecretMask([]), tools: ToolVersions())
    #expect(logs.count == 150 && record.bytes.count < Note.sizeLimit)
    let text = String(decoding: record.bytes, as: UTF8.self)
    #expect(text.contains("more logs are left out") && text.contains("more blocks are left out"))
  }
}
