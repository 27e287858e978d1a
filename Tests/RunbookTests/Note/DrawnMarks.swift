@testable import Runbook

/// Draws what a run might write into a note: every form of group, logs that try to break out.
enum DrawnMarks {
  static func marks(for note: Note, _ random: inout SeededGenerator) -> NoteMarks {
    var marks = NoteMarks()
    for task in note.tasks.indices where random.chance(85) {
      marks.items.append(item(task, &random))
    }
    if random.chance(90) { marks.region = region(&random) }
    if random.chance(80) { marks.properties = properties(&random) }
    return marks
  }

  private static func item(_ task: Int, _ random: inout SeededGenerator) -> NoteMarks.Item {
    let at = random.pick(["14:02:11", "2026-08-22 00:00:01"])
    let took = Double(random.below(10_000_000)) / 100
    if random.chance(50) {
      return .init(task: task, group: ItemGroup(took: took, at: at), ticks: true)
    }
    let word = random.pick(ResultWord.allCases.filter { $0 != .ok })
    let group = ItemGroup(
      result: word, exit: random.chance(50) ? random.below(256) - 1 : nil,
      took: random.chance(50) ? took : nil, at: at)
    return .init(task: task, group: group, ticks: random.chance(20))
  }

  private static func region(_ random: inout SeededGenerator) -> RunRegion {
    let logs = (0..<random.below(3)).map { _ in
      LogCallout(
        type: random.pick(["failure", "info"]), title: random.pick(hostile),
        isFolded: random.chance(50),
        lines: (0..<random.below(5)).map { _ in random.pick(hostile) })
    }
    return RunRegion(
      run: "20260821-140210-\(random.pick(["7f3a", "0000"]))", type: "failure",
      title: "2026-08-21 14:02:10 +02:00 · failed at “\(random.pick(hostile))”",
      body: ["by ana on laptop · record [[2026-08-21 140210 Workflow]]", "next: `runbook logs`"],
      logs: logs)
  }

  private static func properties(_ random: inout SeededGenerator) -> [NoteMarks.Property] {
    [
      .init("run_status", .text("rolled back")),
      .init("run_started", .literal("2026-08-21T14:02:10")),
      .init("run_seconds", .literal("15.6")), .init("run_steps", .text("1 of 3")),
      .init("run_failed", .text(random.pick(hostile))),
      .init("run_id", .text("20260821-140210-7f3a")),
    ]
  }

  static let hostile = [
    "done", "", "```", "````text", "> ```", "~~~", "    ```", "\t```", "a\rb", "a\nb", "\u{2028}x",
    "\u{0}",
    "\u{1B}[31mred\u{1B}[0m", "%%", "$$", "<% tp.x %>", "![[Note]]", "- [ ] task", "^id", "---",
    "</details>",
    "<!--", "[!info|runbook-20260821-140210-7f3a]- x", "> [!info|runbook-20260821-140210-7f3a]- x",
    "^run-20260821-140210-7f3a", "[took:: 1s] · [at:: 10:00:00]", "`a``b```c````d", "# h",
    "é 🚀 \u{FEFF}",
    "\u{85}y", "dataviewjs", "key:: value", "==x== ~~y~~ __z__", " lead", "trail ", "\\", "|",
    "<<<<<<< HEAD",
  ]
}
