import Foundation
import TestSupport
import Testing

@testable import Runbook

/// Notes that two people run, merged by real git with `runbook merge-file` as its driver.
@Suite(.paced) struct MergeFileTests {
  private static let note = """
    ---
    tags: [runbook]
    ---
    # Deploy

    Words at the top.

    - [ ] Build ^build
      ```bash
      true
      ```
    - [ ] Ship ^ship
      ```bash
      true
      ```

    ## Afterwards

    Words at the end.

    """

  private struct Failed: Error { let text: String }

  private static func git(
    _ runbook: RunbookBinary, _ folder: String, _ arguments: String..., status: Int = 0
  ) async throws -> String {
    var variables = runbook.environment
    let programs = URL(fileURLWithPath: runbook.program).deletingLastPathComponent().path
    variables["PATH"] = "\(programs):\(variables["PATH"] ?? "")"
    for who in ["AUTHOR", "COMMITTER"] {
      variables["GIT_\(who)_NAME"] = "Ana"
      variables["GIT_\(who)_EMAIL"] = "ana@example.org"
    }
    let path = runbook.folder.appendingPathComponent(folder).path
    let result = try await StartedProgram.run(
      ["git", "-C", path] + arguments, environment: variables, folder: runbook.folder.path)
    let text = result.stdout + result.stderr
    guard result.status == status else {
      throw Failed(text: "git \(arguments): \(result.status)\n\(text)")
    }
    return text
  }

  /// Two clones of one vault, each set up.
  ///
  /// - Parameter command: what sets them up, before the folder.
  private static func clones(
    by command: [String] = ["merge-file", "--set-up"]
  ) async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.write("ana/Note.md", note)
    _ = try await git(runbook, "ana", "init", "-q", "-b", "main")
    let first = try await runbook.run(command + ["ana"])
    #expect(first.status == 0 && first.stdout.contains("commit .gitattributes"))
    _ = try await git(runbook, "ana", "add", ".")
    _ = try await git(runbook, "ana", "commit", "-q", "-m", "A note")
    _ = try await git(runbook, "", "clone", "-q", "ana", "bob")
    _ = try await runbook.run(command + ["bob"])
    let again = try await runbook.run(command + ["bob"])
    #expect(again.status == 0 && again.stdout.contains("already"))
    return runbook
  }

  private static func work(
    _ runbook: RunbookBinary, _ who: String, _ old: String, _ new: String
  ) async throws {
    #expect(try await runbook.run("exec", "\(who)/Note.md", "--record", "in-place").status == 0)
    let text = try runbook.read("\(who)/Note.md")
    #expect(text.contains(old) && text.contains("^run-"))
    try runbook.write("\(who)/Note.md", text.replacing(old, with: new))
    _ = try await git(runbook, who, "commit", "-q", "-a", "-m", "\(who) ran it")
  }

  /// Set up by hand, and by `init`.
  @Test(arguments: [["merge-file", "--set-up"], ["init"]])
  func bothRanItAndBothWroteIntoIt(_ command: [String]) async throws {
    let runbook = try await Self.clones(by: command)
    try await Self.work(runbook, "ana", "Words at the top.", "Ana's words.")
    try await Self.work(runbook, "bob", "Words at the end.", "Bob's words.")
    let runs = try ["ana", "bob"].flatMap {
      try Note(runbook.bytes("\($0)/Note.md")).ownMarks.runs
    }
    #expect(runs.count == 2)
    _ = try await Self.git(runbook, "ana", "pull", "-q", "--no-rebase", "../bob", "main")
    let merged = try runbook.bytes("ana/Note.md")
    let expected = Self.note.replacing("Words at the top.", with: "Ana's words.")
      .replacing("Words at the end.", with: "Bob's words.")
    #expect(String(decoding: Note.stripping(merged), as: UTF8.self) == expected)
    let marks = try Note(merged).ownMarks
    #expect(
      marks.runs.count == 1 && marks.runs.first == runs.max() && marks.groups.count == 2
        && !marks.hasTwoRuns)
    // It is a note that can be run at once.
    #expect(try await runbook.run("exec", "ana/Note.md", "--record", "in-place").status == 0)
  }

  @Test func whatBothChangedIsAConflictOfTheirWordsAlone() async throws {
    let runbook = try await Self.clones()
    try await Self.work(runbook, "ana", "Words at the top.", "Ana's words.")
    try await Self.work(runbook, "bob", "Words at the top.", "Bob's words.")
    _ = try await Self.git(
      runbook, "ana", "pull", "-q", "--no-rebase", "../bob", "main", status: 1)
    let text = try runbook.read("ana/Note.md")
    #expect(text.contains("<<<<<<< ours\nAna's words.\n=======\nBob's words.\n>>>>>>> theirs\n"))
    #expect(!text.contains("^run-") && !text.contains("[at::"))
    let refused = try await runbook.run("exec", "ana/Note.md")
    #expect(refused.status == 2 && refused.stderr.contains("merge"))
  }

  /// Where git can't be set up, `init` makes its vault all the same, and says why.
  @Test func initSaysWhatItDidToGit() async throws {
    let runbook = try RunbookBinary()
    let none = try await runbook.run("init", "alone")
    #expect(none.status == 0 && none.stdout.contains("\ngit   no repository here; "))
    try FileManager.default.createDirectory(
      at: runbook.folder.appendingPathComponent("repo"), withIntermediateDirectories: true)
    _ = try await Self.git(runbook, "repo", "init", "-q")
    let hidden = try await runbook.run("init", "repo/a", environment: ["PATH": "/nowhere"])
    #expect(hidden.status == 0 && hidden.stdout.contains("\ngit   no repository here; "))
    #expect(!runbook.exists("repo/a/.gitattributes"))
    try runbook.write("repo/b/.gitattributes", "*.md merge=union\n")
    let other = try await runbook.run("init", "repo/b")
    #expect(other.status == 0 && other.stdout.contains("has a merge driver for notes already"))
    #expect(try runbook.read("repo/b/.gitattributes") == "*.md merge=union\n")
    let done = try await runbook.run("init", "repo/a")
    #expect(done.status == 0 && done.stdout.contains("git config --remove-section merge.runbook"))
    #expect(try runbook.read("repo/a/.gitattributes") == "*.md merge=runbook\n")
    _ = try await Self.git(runbook, "repo/a", "config", "--remove-section", "merge.runbook")
  }

  @Test func whatIsNoMergeIsRefused() async throws {
    let runbook = try RunbookBinary()
    #expect(try await runbook.run("merge-file", "a", "b").status == 2)
    let missing = try await runbook.run("merge-file", "a", "b", "c")
    #expect(missing.status == 129 && missing.stderr.contains("No such file"))
    #expect(try await runbook.run("merge-file", "--set-up", ".").status == 129)
  }

  /// Without our marks the result is git's own merge, line for line, in marked and unmarked notes.
  @Test func noLineIsLostThatGitWouldKeep() async throws {
    let runbook = try RunbookBinary()
    var draw = DrawnLines(seed: UInt64.random(in: 0...9_999))
    for round in 0..<20 {
      let base = draw.note()
      let sides = [base, draw.edited(base), draw.edited(base)]
      let names = ["base", "ours", "theirs"].map { "\(round)-\($0)" }
      for (name, lines) in zip(names, sides) {
        try runbook.write(name, lines.joined(separator: "\n") + "\n")
        try runbook.write("plain-\(name)", lines.joined(separator: "\n") + "\n")
      }
      for (index, name) in names.enumerated().dropFirst() where draw.below(4) > 0 {
        try runbook.write(name, Self.marked(try runbook.bytes(name), "20260821-14021\(index)-7f3a"))
      }
      let own = try await runbook.run(["merge-file", names[0], names[1], names[2]])
      let plain = try GitMerge.merge(
        base: runbook.bytes("plain-\(names[0])"), ours: runbook.bytes("plain-\(names[1])"),
        theirs: runbook.bytes("plain-\(names[2])"), labels: ["ours", "base", "theirs"],
        markerSize: 7, environment: runbook.environment)
      #expect(own.status == (plain.hasConflict ? 1 : 0), "seed \(draw.seed), round \(round)")
      let result = Note.stripping(try runbook.bytes(names[1]))
      #expect(result == plain.bytes, "seed \(draw.seed), round \(round)")
    }
  }

  private static func marked(_ bytes: [UInt8], _ run: String) throws -> [UInt8] {
    let note = try Note(bytes)
    let items = note.tasks.indices.map {
      NoteMarks.Item(task: $0, group: ItemGroup(took: 1, at: "14:02:11"), ticks: true)
    }
    let region = RunRegion(run: run, type: "success", title: "it went well", body: ["by ana"])
    return note.inserting(NoteMarks(items: items, region: region)).bytes
  }
}

/// Notes of drawn lines, and edits of them.
private struct DrawnLines {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64) {
    self.seed = seed
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private mutating func line() -> String {
    let kinds = ["- [ ] Step", "- [x] Done", "Words", "## Heading", "", "  more words", "> quoted"]
    let kind = kinds[below(kinds.count)]
    return kind.isEmpty ? "" : "\(kind) \(below(1000))"
  }

  mutating func note() -> [String] {
    var lines: [String] = ["# Note"]
    for _ in 0..<20 + below(20) { lines.append(line()) }
    return lines
  }

  mutating func edited(_ lines: [String]) -> [String] {
    var lines = lines
    for _ in 0..<1 + below(3) {
      let place = below(lines.count)
      switch below(3) {
      case 0: lines.insert(line(), at: place)
      case 1: lines[place] = line()
      default: if lines.count > 5 { lines.remove(at: place) }
      }
    }
    return lines
  }
}
