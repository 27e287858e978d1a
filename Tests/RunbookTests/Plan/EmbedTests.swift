import Testing

@testable import Runbook

/// Steps that embed notes: whose steps they become, and what comes with them.
@Suite struct EmbedTests {
  // MARK: The steps

  @Test func stepsBecomeChildren() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[Backup-DB]] ^backup\n" + EmbedVault.step("Go")
        + "- [ ] ![[Backup-DB#Dump|Once more]]\n",
      "Parts/Backup-DB": "## Dump\n" + EmbedVault.step("Dump it ^dump") + "## Check\n"
        + EmbedVault.step("Check it"),
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.number) == ["1", "1.1", "1.2", "2", "3", "3.1"])
    #expect(plan.steps.map(\.depth) == [0, 1, 1, 0, 0, 1])
    #expect(plan.roots == [0, 3, 4])
    #expect(plan.steps[0].children == [1, 2])
    #expect(
      plan.steps.map(\.title)
        == ["Backup-DB", "Dump it", "Check it", "Go", "Once more", "Dump it"])
    #expect(
      plan.steps.map(\.fullTitle)
        == [
          "Backup-DB", "Backup-DB › Dump it", "Backup-DB › Check it", "Go", "Once more",
          "Backup-DB › Dump it",
        ])
    #expect(
      plan.steps.map(\.id.text)
        == [
          "^backup", "^backup › ^dump", "^backup › Check/Check it", "Go",
          "![[Backup-DB#Dump|Once more]]", "![[Backup-DB#Dump|Once more]] › ^dump",
        ])
    #expect(plan.steps.map { $0.origin?.path }.compactMap(\.self).count == 3)
    #expect(plan.steps[0].embeds?.path == "Parts/Backup-DB.md")
    #expect(plan.steps[1].blocks[0].place.file == vault.folder.path("Parts/Backup-DB.md"))
    #expect(plan.steps[1].line == 2 && plan.steps[1].phase == "Dump")
    #expect(!plan.steps[0].isManual)
  }

  @Test func theSameNoteTwiceIsToldApart() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n- [ ] ![[A]]\n", "A": EmbedVault.step("Go"),
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(Set(plan.steps.map(\.id)).count == 4)
    #expect(plan.steps[3].id.text == "![[A]] (2 of 2) › Go")
    #expect(diagnostics.map(\.severity) == [.warning, .warning])
  }

  @Test func embedsInEmbeds() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] Around\n  - [ ] ![[A]]\n  - [ ] Behind it\n",
      "A": "- [ ] ![[B]]\n  - [ ] Of A itself\n", "B": EmbedVault.step("Go"),
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.number) == ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.2"])
    #expect(
      plan.steps.map(\.title) == ["Around", "A", "B", "Go", "Of A itself", "Behind it"])
    #expect(plan.steps[3].id.text == "Around/![[A]] › ![[B]] › Go")
  }

  @Test func aForgedNameIsRefused() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]] ^a\n- [ ] ^a › Go\n", "A": EmbedVault.step("Go"),
    ])
    #expect(try vault.errors() == ["two steps are known by the same name “^a › Go”"])
  }

  // MARK: Which note, which section

  @Test(arguments: ["B", "B.md", "b", "Parts/B", "./Parts/B", "Parts/B.md", "Parts/../Parts/B"])
  func linkRules(link: String) throws {
    let vault = try EmbedVault(["Deploy": "- [ ] ![[\(link)]]\n", "Parts/B": "- [ ] Go\n"])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.title).last == "Go")
  }

  @Test(arguments: [
    ("Start the app: now!", ["One"]), ("start the app now", ["One"]), ("Deploy#Last", ["Two"]),
    ("Deploy", ["One", "Two"]), ("", ["One", "Two", "Three"]),
  ])
  func sections(fragment: String, titles: [String]) throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[B#\(fragment)]]\n",
      "B": "# Deploy\n## Start the app: now!\n- [ ] One\n## Last\n- [ ] Two\n# Other\n## Last\n"
        + "- [ ] Three\n",
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    #expect(plan.steps.dropFirst().map(\.title) == titles)
  }

  @Test func aHeadingThatIsThereTwiceIsRefused() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[B#Last]]\n", "B": "# A\n## Last\n- [ ] x\n# C\n## Last\n- [ ] y\n",
    ])
    #expect(try vault.errors() == ["“Last” fits 2 headings, the first on line 2"])
  }

  /// A note embedded whole runs what it would run by itself.
  @Test func itsOwnSectionsCount() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[B]]\n- [ ] ![[B#Later]]\n",
      "B": "---\nsteps: [Now]\n---\n# Now\n- [ ] One\n# Later\n- [ ] Two\n",
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.title) == ["B", "One", "B › Later", "Two"])
  }

  @Test func sectionsOfTheNoteItself() throws {
    let vault = try EmbedVault([
      "Deploy": "---\nsteps: [Go]\n---\n# Go\n- [ ] ![[#Restart]]\n# Restart\n- [ ] Stop\n"
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.title) == ["Restart", "Stop"])
    #expect(plan.steps[1].origin?.title == "Deploy")
  }

  /// What is not a step is no error, wherever it leads.
  @Test func outsideTheSectionsThatRunNothingIsRead() throws {
    let vault = try EmbedVault([
      "Deploy":
        "---\nsteps: [Go]\n---\n# Go\n- [ ] Look\n# Notes\n- [ ] ![[Nowhere]]\n- [ ] ![[B]]\n",
      "B": "---\nparams: [NEEDED]\n---\n- [ ] x\n  ```bash {rolback}\n  ```\n",
    ])
    #expect(try vault.plan().diagnostics.isEmpty)
    #expect(try vault.errors { $0.section = "Notes" }.count == 3)
  }

  @Test func picturesAreLookedAt() throws {
    let vault = try EmbedVault(["Deploy": "- [ ] ![[screenshot.png]]\n"])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.isManual) == [true])
  }
}
