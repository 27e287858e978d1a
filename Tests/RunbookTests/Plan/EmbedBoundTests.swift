import Glibc
import Testing

@testable import Runbook

/// Embeds that lead nowhere good: out of the vault, in circles, into bombs.
@Suite struct EmbedBoundTests {
  private static func chain(_ length: Int, _ embeds: Int = 1) -> [String: String] {
    var notes = ["N\(length)": EmbedVault.step("End")]
    for level in 0..<length {
      notes["N\(level)"] = (0..<embeds).map { "- [ ] ![[N\(level + 1)]] ^e\($0)\n" }.joined()
    }
    return notes
  }

  @Test func sixteenDeepIsTheDeepest() throws {
    let (plan, diagnostics) = try EmbedVault(Self.chain(16)).plan("N0")
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.count == 17)
    let errors = try EmbedVault(Self.chain(17)).errors("N0")
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("embeds are nested more than 16 deep: N0 → N1 → N2") == true)
  }

  /// Ten to the sixteenth steps, were they all built.
  @Test func aBombIsRefusedInAMoment() throws {
    let vault = try EmbedVault(Self.chain(16, 10))
    let start = Self.threadSeconds
    #expect(
      try vault.errors("N0") == [
        "the note embeds more than 1000 notes, counting each as often as it is embedded"
      ])
    #expect(Self.threadSeconds - start < 1)
  }

  /// What this thread worked, whatever else the machine does.
  private static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test func aLargeNoteCountsEachTime() throws {
    let filler = String(repeating: "Only prose.\n", count: 60_000)
    let vault = try EmbedVault([
      "Deploy": (1...4).map { "- [ ] ![[A]] ^e\($0)\n" }.joined(),
      "A": "- [ ] Go\n\n" + filler,
    ])
    let errors = try vault.errors()
    #expect(errors.count == 1 && errors[0].contains("over 2 MiB together"))
  }

  @Test func manyLargeNotesAreNotAllRead() throws {
    let filler = String(repeating: "Only prose.\n", count: 60_000)
    var notes = ["Deploy": (1...4).map { "- [ ] ![[A\($0)]]\n" }.joined()]
    for number in 1...4 { notes["A\(number)"] = "- [ ] Go\n\n" + filler }
    let errors = try EmbedVault(notes).errors()
    #expect(errors == Array(repeating: "the embedded notes are over 2 MiB together", count: 2))
  }

  @Test func oneTooLargeIsToldByItself() throws {
    let filler = String(repeating: "x", count: Note.sizeLimit + 1)
    let errors = try EmbedVault(["Deploy": "- [ ] ![[A]]\n", "A": filler]).errors()
    #expect(errors.count == 1 && errors[0].contains("is larger than 2 MiB"))
  }

  @Test func manyLinksAreNotAllFollowed() throws {
    let links = (0...EmbedReader.mostLinks).map { "- [ ] ![[Nowhere \($0)]]\n" }.joined()
    let errors = try EmbedVault(["Deploy": links]).errors()
    #expect(errors.count == EmbedReader.mostLinks + 1)
    #expect(errors.last == "the note embeds more than 256 notes")
  }

  @Test func allAgainstAllEndsAtTheFirstCircle() throws {
    let names = (0..<10).map { "N\($0)" }
    let notes = names.map { name in
      (name, names.filter { $0 != name }.map { "- [ ] ![[\($0)]]\n" }.joined())
    }
    let errors = try EmbedVault(Dictionary(uniqueKeysWithValues: notes)).errors("N0")
    #expect(errors == ["the notes embed each other in a circle: N0 → N1 → N0"])
  }

  @Test func circlesAreShownAsTheyGo() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n", "A": "- [ ] ![[B#Go]]\n", "B": "# Go\n- [ ] ![[A]]\n",
    ])
    let (_, diagnostics) = try vault.plan()
    #expect(
      diagnostics.map(\.message) == ["the notes embed each other in a circle: A → B#Go → A"])
    #expect(diagnostics.first?.file == vault.folder.path("B.md"))
    #expect(diagnostics.first?.line == 2)
  }

  /// Two notes may use each other's sections, as long as it ends.
  @Test func notEveryWayBackIsACircle() throws {
    let vault = try EmbedVault([
      "Deploy": "# Go\n- [ ] ![[A]]\n# Tools\n- [ ] Tool\n", "A": "- [ ] ![[Deploy#Tools]]\n",
    ])
    let (plan, diagnostics) = try vault.plan { $0.section = "Go" }
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.title) == ["A", "Deploy › Tools", "Tool"])
  }

  // MARK: The vault's walls

  @Test(arguments: ["../Secret", "/etc/passwd", "Parts/../../Secret", "Link", "Folder/Secret"])
  func nothingOutsideIsRead(link: String) throws {
    let outside = try ScratchFolder()
    try outside.file("Secret.md", "- [ ] Secret\n")
    let vault = try EmbedVault(["Deploy": "- [ ] ![[\(link)]]\n", "Parts/A": "- [ ] x\n"])
    symlink(outside.path("Secret.md"), vault.folder.path("Link.md"))
    symlink(outside.path, vault.folder.path("Folder"))
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.count == 1 && diagnostics[0].severity == .error)
    #expect(plan.steps.count == 1)
  }

  @Test func aLinkWithinTheVaultIsFollowed() throws {
    let vault = try EmbedVault(["Deploy": "- [ ] ![[Other]]\n", "Parts/A": "- [ ] x\n"])
    symlink("Parts/A.md", vault.folder.path("Other.md"))
    #expect(try vault.plan().plan.steps.count == 2)
  }

  // MARK: What is wrong inside

  @Test func mistakesAreToldWhereTheyStand() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n- [ ] ![[A]] ^again\n",
      "Parts/A": "---\ntimout: 3m\n---\n- [ ] In\n  ```bash {rolback}\n  ```\n",
    ])
    let (_, diagnostics) = try vault.plan { $0.file = "here/Deploy.md" }
    #expect(diagnostics.map(\.line) == [2, 5], "once, though the note is embedded twice")
    #expect(Set(diagnostics.map(\.file)) == [vault.folder.path("Parts/A.md")])
    #expect(
      diagnostics.last?.text.description.contains(
        "  5 |   ```bash {rolback}\n    |            ^~~~~~~") == true
    )
  }

  @Test(arguments: [
    "<<<<<<< ours\n- [ ] a\n=======\n- [ ] b\n>>>>>>> theirs\n", "---\na: &x 1\n---\n- [ ] a\n",
  ])
  func brokenNotesAreRefused(text: String) throws {
    let vault = try EmbedVault(["Deploy": "- [ ] ![[A]]\n", "A": text])
    let errors = try vault.plan().diagnostics.filter { $0.severity == .error }
    #expect(!errors.isEmpty)
    #expect(errors.allSatisfy { $0.file == vault.folder.path("A.md") })
  }

  @Test func aConflictedCopyIsRefused() throws {
    let name = "A (conflict 2026-08-21 140210)"
    let vault = try EmbedVault(["Deploy": "- [ ] ![[\(name)]]\n", name: "- [ ] a\n"])
    #expect(try vault.errors() == ["“\(name)” is a conflicted copy that a sync tool made"])
  }
}
