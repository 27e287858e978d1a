import Testing

@testable import Runbook

/// What a note that embeds others says of their steps, which have no line in it.
@Suite struct EmbedRecordTests {
  /// The scenario's note as its run leaves it.
  private static func annotated(_ scenario: Scenario) throws -> (before: [UInt8], after: String) {
    let plan = try scenario.plan()
    var run = scenario.run(scenario.world(plan))
    _ = run.run()
    let bytes = Array(Scenario.markdown(scenario.text).utf8)
    let rendered = RunRenderer(plan: plan, mask: SecretMask([])).annotated(
      bytes, run.state, [], record: nil)
    #expect(rendered.refusals.isEmpty)
    let again = RunRenderer(plan: plan, mask: SecretMask([])).annotated(
      rendered.bytes, run.state, [], record: nil)
    #expect(again.bytes == rendered.bytes)
    return (bytes, String(decoding: rendered.bytes, as: UTF8.self))
  }

  @Test(arguments: Scenario.embeds) func theMarksAreRemovable(scenario: Scenario) throws {
    let (before, after) = try Self.annotated(scenario)
    #expect(try Note.stripping(Array(after.utf8)) == before)
  }

  @Test(arguments: Scenario.embeds) func isWrittenSo(scenario: Scenario) throws {
    let name = scenario.name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" }
    try Golden.check(
      Array(try Self.annotated(scenario).after.utf8), "Run/\(String(name)).note.md")
  }

  @Test func manyStepsAreCut() throws {
    let steps = (1...200).map { "- [ ] Step \($0)\n  | ok\n" }.joined()
    let scenario = Scenario(
      name: "many", text: "- [ ] ![[Many]]\n",
      parts: ["Many": steps + "- [ ] Last\n  | exit 3\n"], status: 3)
    let after = try Self.annotated(scenario).after
    #expect(after.contains("> 1.201 Last · failed · exit 3"))
    #expect(after.contains("> … 200 more, in the record …"))
    #expect(!after.contains("Step 200 ·"))
  }

  @Test func manyEmbedsAreCut() throws {
    let items = (1...40).map { "- [ ] ![[One]] ^e\($0)\n" }.joined() + "- [ ] ![[Two]]\n"
    let scenario = Scenario(
      name: "many", text: items,
      parts: ["One": "- [ ] Go\n  | ok\n", "Two": "- [ ] Go\n  | exit 3\n"], status: 1)
    let after = try Self.annotated(scenario).after
    #expect(after.components(separatedBy: "\n> [!success|").count - 1 == 23)
    #expect(after.contains("Two · failed · 0 of 1"))
  }

  // MARK: Kept with the run

  @Test func theRunKeepsWhatItWasMadeOf() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n- [ ] ![[#Deploy]] ^x\n# Deploy\n- [ ] Here\n- [ ] ![[B#Go]]\n",
      "A": EmbedVault.step("One"), "B": "# Go\n- [ ] ![[A]]\n# Not read\n- [ ] ![[Nowhere]]\n",
    ])
    var (note, request) = try vault.read("Deploy")
    let plan = Planner.plan(note, request).plan
    let folder = RunFolder(path: vault.folder.path)
    try StoredEmbeds.write(request.embeds, to: folder)
    for name in ["A", "B"] { try vault.folder.file("\(name).md", "- [ ] Changed\n") }
    request.embeds = try StoredEmbeds.read(folder, note)
    let stored = Planner.plan(note, request)
    #expect(stored.diagnostics.isEmpty)
    #expect(stored.plan.digest == plan.digest)
    #expect(stored.plan.steps.map(\.id) == plan.steps.map(\.id))
    #expect(stored.plan.steps.map(\.origin) == plan.steps.map(\.origin))
  }

  /// Without them another plan would come out.
  @Test func whatIsLostIsNotPassedOver() throws {
    let vault = try EmbedVault(["Deploy": "- [ ] ![[A]]\n", "A": "- [ ] Go\n"])
    let (note, request) = try vault.read("Deploy")
    let folder = RunFolder(path: vault.folder.path)
    try StoredEmbeds.write(request.embeds, to: folder)
    try vault.folder.file("embedded.json", "{")
    #expect(throws: SystemError.self) { try StoredEmbeds.read(folder, note) }
  }

  @Test func nothingIsKeptWhereNothingIsEmbedded() throws {
    let vault = try EmbedVault(["Deploy": "- [ ] Go\n"])
    let (note, request) = try vault.read("Deploy")
    let folder = RunFolder(path: vault.folder.path)
    try StoredEmbeds.write(request.embeds, to: folder)
    #expect(vault.folder.names() == [".obsidian", "Deploy.md"])
    #expect(try StoredEmbeds.read(folder, note).targets.isEmpty)
  }
}
