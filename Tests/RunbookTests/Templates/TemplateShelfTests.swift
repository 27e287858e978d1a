import Testing

@testable import Runbook

struct TemplateShelfTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    try scratch.folder(".obsidian")
  }

  private func shelf() throws -> TemplateShelf {
    try TemplateShelf(vault: try Vault(containing: scratch.path))
  }

  @Test func withoutSettingsThereIsWhatTheProgramCarries() throws {
    let shelf = try shelf()
    #expect(
      shelf.templates.map(\.name)
        == BuiltInFiles.all.filter { $0.path.hasPrefix("templates/") }.map {
          NoteName.title(of: FilePath.name(of: $0.path))
        })
    #expect(shelf.templates.contains { $0.name == "Quick" })
    #expect(shelf.refused.isEmpty)
    #expect(try shelf.find("quick").file == "runbook’s own Quick")
  }

  /// Obsidian's folder, then Templater's, then `templates`, then the program's own.
  @Test func theFirstFolderCounts() throws {
    try scratch.file(
      ".obsidian/templates.json", #"{"folder":"My/Forms/","dateFormat":"DD.MM.","timeFormat":""}"#)
    try scratch.file(
      ".obsidian/plugins/templater-obsidian/data.json", #"{"templates_folder":"Other","x":1}"#)
    for (file, text) in [
      ("My/Forms/Quick.md", "a"), ("Other/Quick.md", "b"), ("Other/Deep/Form.md", "c"),
      ("templates/Form.md", "d"),
      ("templates/Third.md", "e"), ("Elsewhere/Fourth.md", "f"),
    ] { try scratch.file(file, text) }
    let shelf = try shelf()
    #expect(shelf.settings.folders == ["My/Forms", "Other", "templates"])
    #expect(shelf.settings.dateFormat == "DD.MM." && shelf.settings.timeFormat == nil)
    #expect(shelf.templates.prefix(4).map(\.name) == ["Quick", "Deep/Form", "Form", "Third"])
    #expect(try shelf.find("QUICK.md").bytes == Array("a".utf8))
    #expect(try shelf.find("form").bytes == Array("d".utf8))
    #expect(try shelf.find("deep/form").bytes == Array("c".utf8))
    #expect(throws: VaultProblem.self) { try shelf.find("Fourth") }
    #expect(
      shelf.settings.isTemplate("Other/Deep/Form.md") && !shelf.settings.isTemplate("Others/x.md"))
  }

  @Test func aBrokenOneIsNamedAndHidesWhatItStandsFor() throws {
    try scratch.file("templates/Quick.md", "{{date:ww}}\n{{NAME:x}}\n")
    let shelf = try shelf()
    #expect(shelf.refused.map(\.name) == ["Quick"])
    #expect(shelf.refusal(of: "quick")?.problem.message == "{{NAME}} takes no format")
    #expect(!shelf.templates.contains { $0.name == "Quick" })
  }

  @Test(arguments: [
    "{", "[]", #"{"folder":3}"#, #"{"folder":"../x"}"#,
  ])
  func settingsThatCanNotBeUnderstoodAreRefused(_ text: String) throws {
    try scratch.file(".obsidian/templates.json", text)
    #expect(throws: VaultProblem.self) { try shelf() }
  }

  @Test(arguments: [#"{}"#, #"{"folder":"/"}"#, #"{"folder":""}"#, #"{"folder":"Missing"}"#])
  func aSettingThatNamesNoFolderSaysNothing(_ text: String) throws {
    try scratch.file(".obsidian/templates.json", text)
    try scratch.file("Note.md", "{{X}}\n")
    #expect(try shelf().templates.contains { $0.name == "Quick" })
    #expect(try !shelf().templates.contains { $0.name == "Note" })
  }
}
