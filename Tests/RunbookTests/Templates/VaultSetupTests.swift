import Foundation
import Testing

@testable import Runbook

struct VaultSetupTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../..").standardizedFileURL
  private let scratch: ScratchFolder
  private let moment = CalendarMoment(2026, 8, 21)

  init() throws { scratch = try ScratchFolder() }

  /// The vault of the project is what `init` makes beside its demo.
  @Test func theShippedVaultIsWhatInitMakes() throws {
    let files = try VaultSetup.files(values: ["APP": "../demo/app"], moment: moment)
    #expect(files.contains { $0.path == "Workflow-Quick.md" })
    for file in files {
      let shipped = try Data(contentsOf: Self.root.appendingPathComponent("vault/\(file.path)"))
      #expect(Array(shipped) == file.bytes, "\(file.path)")
    }
  }

  @Test func whatTheBinaryCarriesIsWhatTheProjectHolds() throws {
    for file in BuiltInFiles.all {
      let bytes = try Data(contentsOf: Self.root.appendingPathComponent(file.path))
      #expect(Array(bytes) == Array(file.text.utf8), "\(file.path): run scripts/embed")
    }
  }

  /// Each template, filled in with its defaults, is a note that nothing is wrong with, beside those that it embeds.
  @Test func shippedTemplatesMakeRightNotes() throws {
    var parts: [String: String] = [:]
    for file in try VaultSetup.files(values: [:], moment: moment) where file.path.hasSuffix(".md") {
      parts[NoteName.title(of: file.path)] = String(decoding: file.bytes, as: UTF8.self)
    }
    for template in try VaultSetup.builtInTemplates() {
      let fill = TemplateFill(title: "Made", moment: moment)
      #expect(template.missing(in: fill).isEmpty, "\(template.name)")
      #expect(template.purpose != nil, "\(template.name)")
      #expect(template.variables.allSatisfy { $0.purpose != nil }, "\(template.name)")
      var request = PlanRequest(file: "Made.md", title: "Made")
      request.isInVault = true
      let note = try Note(try template.filled(fill))
      request.embeds = try EmbeddedNotes.of(parts, in: note, named: "Made")
      let (plan, diagnostics) = Planner.plan(note, request)
      #expect(diagnostics.map(\.text) == [], "\(template.name)")
      #expect(!plan.steps.isEmpty, "\(template.name)")
    }
  }

  @Test func nothingIsOverwritten() throws {
    try scratch.file("v/Home.md", "mine\n")
    var setup = try VaultSetup(folder: scratch.path("v"), trust: .ofTests)
    try setup.put(try VaultSetup.files(values: [:], moment: moment))
    try setup.putFolder("Runs")
    #expect(try scratch.text("v/Home.md") == "mine\n")
    #expect(setup.report.first { $0.path == "Home.md" }?.outcome == .left)
    #expect(setup.report.first { $0.path == "Workflow-Quick.md" }?.outcome == .made)
    #expect(setup.report.first?.path.hasPrefix(".obsidian/") == true)
    var again = try VaultSetup(folder: scratch.path("v"), trust: .ofTests)
    try again.put(try VaultSetup.files(values: [:], moment: moment))
    try again.putFolder("Runs")
    #expect(again.report.allSatisfy { $0.outcome == ($0.path == "Home.md" ? .left : .same) })
  }

  @Test func notesThatBelongTogetherAreMadeAllOrNone() throws {
    try scratch.folder("v/.obsidian")
    let notes = try ["Part", "Whole"].map {
      (
        place: try NewNotePlace(scratch.path("v/deep/\($0)"), trust: .ofTests),
        bytes: Array("ours\n".utf8)
      )
    }
    try scratch.folder("v/deep")
    try scratch.file("v/deep/Whole.md", "mine\n")
    #expect(throws: VaultProblem.self) { try NewNotePlace.write(notes) }
    #expect(try scratch.text("v/deep/Whole.md") == "mine\n")
    #expect(access(scratch.path("v/deep/Part.md"), F_OK) != 0)
  }

  @Test func aVaultInAVaultIsRefused() throws {
    try scratch.folder("v/.obsidian")
    #expect(throws: VaultProblem.self) {
      try VaultSetup(folder: scratch.path("v/deep"), trust: .ofTests)
    }
    #expect(throws: VaultProblem.self) {
      try VaultSetup(folder: scratch.path("no/such/folder"), trust: .ofTests)
    }
    try scratch.file("file")
    #expect(throws: VaultProblem.self) {
      try VaultSetup(folder: scratch.path("file"), trust: .ofTests)
    }
  }

  @Test func anUnknownVariableIsRefusedBeforeAnythingIsMade() {
    #expect(throws: VaultProblem.self) {
      try VaultSetup.files(values: ["APPP": "x"], moment: moment)
    }
  }
}
