import Glibc
import Testing

@testable import Runbook

@Suite struct LocateTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    try scratch.folder("vault/.obsidian")
    try scratch.file("vault/Workflow-Quick.md")
    try scratch.file("vault/Deploys/Deep.md")
  }

  @Test func rootIsTheNearestMarkedFolder() throws {
    let (vault, note) = try Vault.locate(note: scratch.path("vault/Deploys/Deep.md"))
    #expect(vault.root == scratch.path("vault"))
    #expect(vault.isInsideVault)
    #expect(vault.relativePath(of: note) == "Deploys/Deep.md")
    #expect(note.title == "Deep")
    try scratch.file("vault/Deploys/.runbook.yml", "")
    let inner = try Vault.locate(note: scratch.path("vault/Deploys/Deep.md")).vault
    #expect(inner.root == scratch.path("vault/Deploys"))
    #expect(inner.isInsideVault)
  }

  @Test func withoutMarksTheNotesOwnFolder() throws {
    let path = try scratch.file("plain/N.md")
    let vault = try Vault.locate(note: path).vault
    #expect(vault.root == scratch.path("plain"))
    #expect(!vault.isInsideVault)
  }

  /// The notes of a vault are listed once for all who look there.
  @Test func knownVaultsAreShared() throws {
    let known = KnownVaults(trust: .ofTests)
    let paths = ["vault/Workflow-Quick.md", "vault/Deploys/Deep.md", "vault/Deploys/Deep.md"]
    let vaults = try paths.map { try Vault.locate(note: scratch.path($0), among: known).vault }
    #expect(vaults.allSatisfy { $0.cache === vaults[0].cache })
    let path = try scratch.file("plain/N.md")
    let other = try Vault.locate(note: path, among: known).vault
    #expect(other.root == scratch.path("plain"))
    #expect(other.cache !== vaults[0].cache)
  }

  @Test func linksAreFollowed() throws {
    try scratch.file("elsewhere/Real.md")
    symlink(scratch.path("elsewhere/Real.md"), scratch.path("vault/Shown.md"))
    let (vault, note) = try Vault.locate(note: scratch.path("vault/Shown.md"))
    #expect(vault.root == scratch.path("vault"))
    #expect(note.realPath == scratch.path("elsewhere/Real.md"))
    #expect(vault.relativePath(of: note) == "Shown.md")
    symlink(scratch.path("vault/Workflow-Quick.md"), scratch.path("elsewhere/Short.md"))
    let other = try Vault.locate(note: scratch.path("elsewhere/Short.md"))
    #expect(other.vault.root == scratch.path("vault"))
    #expect(other.vault.relativePath(of: other.note) == "Workflow-Quick.md")
  }

  @Test func missingNotesAreSuggested() throws {
    #expect(fix(for: "vault/Workflow-Quik.md") == "did you mean vault/Workflow-Quick.md?")
    #expect(fix(for: "vault/workflow_quick.md") == "did you mean vault/Workflow-Quick.md?")
    #expect(fix(for: "vault/Workflow-Quick") == "did you mean vault/Workflow-Quick.md?")
    #expect(fix(for: "vault/Nothing like it.md") == "look at the spelling of the path")
    #expect(fix(for: "vualt/Workflow-Quick.md") == "there is no note in vualt")
  }

  @Test func anAccentSpelledOtherwiseIsTheSameName() throws {
    try scratch.file("vault/De\u{301}ploiement.md")
    let found = try Vault.locate(note: scratch.path("vault/D\u{E9}ploiement.md")).note
    #expect(found.title == "Déploiement")
  }

  @Test func whatIsNoNoteIsRefused() throws {
    try scratch.folder("vault/Folder.md")
    mkfifo(scratch.path("vault/Pipe.md"), 0o644)
    symlink("Loop.md", scratch.path("vault/Loop.md"))
    symlink("/dev/null", scratch.path("vault/Device.md"))
    try scratch.file("vault/script.sh")
    try scratch.file("vault/Quick (conflict 2026-08-21 140210).md")
    #expect(message(for: "vault/Folder.md") == "vault/Folder.md is a folder, not a note")
    #expect(message(for: "vault/Pipe.md") == "vault/Pipe.md is a named pipe, not a note")
    #expect(message(for: "vault/Device.md") == "vault/Device.md is a device, not a note")
    #expect(message(for: "vault/Loop.md") == "vault/Loop.md is a link that leads to itself")
    #expect(
      message(for: "vault/script.sh")
        == "vault/script.sh is not a note: its name does not end in .md")
    #expect(
      message(for: "vault/Quick (conflict 2026-08-21 140210).md")?.hasSuffix(
        "is a conflicted copy that a sync tool made") == true)
    #expect(message(for: "vault/Workflow-Quick.md/x.md")?.hasPrefix("no such note") == true)
    #expect(message(for: "vault/\u{0}.md") == "no note is named")
    #expect(message(for: String(repeating: "x", count: 5_000)) != nil)
  }

  @Test func tooLargeAndNamedPipesDoNotBlockARead() throws {
    let path = try scratch.file("Big.md", String(repeating: "x", count: Note.sizeLimit + 1))
    #expect(throws: VaultProblem.self) { try NoteFile(path: path).read() }
    mkfifo(scratch.path("P.md"), 0o644)
    #expect(throws: SystemError.self) { try NoteFile(path: scratch.path("P.md")).read() }
    let exact = try scratch.file("Exact.md", String(repeating: "x", count: Note.sizeLimit))
    #expect(try NoteFile(path: exact).read().bytes.count == Note.sizeLimit)
  }

  private func problem(_ path: String) -> VaultProblem? {
    do {
      _ = try Vault.locate(note: scratch.path(path))
      return nil
    } catch {
      return error as? VaultProblem
    }
  }

  private func message(for path: String) -> String? { shortened(problem(path)?.message) }
  private func fix(for path: String) -> String? { shortened(problem(path)?.fix) }

  private func shortened(_ text: String?) -> String? {
    guard let text, let range = text.firstRange(of: scratch.path + "/") else { return text }
    return text.replacing(scratch.path + "/", with: "", subrange: range.lowerBound..<text.endIndex)
  }
}
