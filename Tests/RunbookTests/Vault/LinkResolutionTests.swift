import Glibc
import Testing

@testable import Runbook

@Suite struct LinkResolutionTests {
  let scratch: ScratchFolder
  let vault: Vault
  let note: NoteFile

  init() throws {
    scratch = try ScratchFolder()
    try scratch.folder("v/.obsidian")
    for name in [
      "Home.md", "A/Deploy.md", "A/B/Deploy.md", "A/Only.md", "A/Twin.md", "Z/Twin.md", "Top.md",
      "Z/Top.md", "A/Case.md", "Z/case.md", "A/From.md", "Z/Été.md",
    ] { try scratch.file("v/\(name)") }
    try scratch.file("outside/Secret.md")
    symlink(scratch.path("outside/Secret.md"), scratch.path("v/Leak.md"))
    symlink(scratch.path("outside"), scratch.path("v/Out"))
    symlink("A/Only.md", scratch.path("v/Alias.md"))
    vault = try Vault(containing: scratch.path("v"))
    note = try NoteFile(path: scratch.path("v/A/From.md"))
  }

  @Test(arguments: [
    ("Only", "A/Only.md"), ("only", "A/Only.md"), ("Only.md", "A/Only.md"),
    ("A/Only", "A/Only.md"), ("a/only", "A/Only.md"), (" Only ", "A/Only.md"),
    ("Deploy", "A/Deploy.md"), ("B/Deploy", "A/B/Deploy.md"), ("A/B/Deploy.md", "A/B/Deploy.md"),
    ("Twin", "A/Twin.md"), ("Z/Twin", "Z/Twin.md"), ("Top", "Top.md"), ("Z/Top", "Z/Top.md"),
    ("Case", "A/Case.md"), ("case", "Z/case.md"), ("./Twin", "A/Twin.md"),
    ("../Home", "Home.md"), ("../Z/Twin", "Z/Twin.md"), ("E\u{301}te\u{301}", "Z/Été.md"),
    ("", "A/From.md"), ("A//Only", "A/Only.md"),
  ])
  func resolves(target: String, path: String) throws {
    let found = try vault.resolve(link(target), from: note)
    #expect(vault.relativePath(of: found.note) == path)
  }

  @Test func ambiguityIsTold() throws {
    #expect(try vault.resolve(link("Twin"), from: note).others == ["Z/Twin.md"])
    #expect(try vault.resolve(link("Z/Twin"), from: note).others == [])
    #expect(try vault.resolve(link("Only"), from: note).others == [])
  }

  @Test func linksToLinksInTheVault() throws {
    let found = try vault.resolve(link("Alias"), from: note)
    #expect(found.note.realPath == scratch.path("v/A/Only.md"))
  }

  @Test(arguments: [
    "../../outside/Secret", "../../../../../etc/passwd", "/etc/passwd", "Leak", "Out/Secret",
    "Nowhere", "A/../../outside/Secret", "B/Only", "eploy", "x\u{0}y", "..", ".", "A/",
  ])
  func refuses(target: String) {
    #expect(throws: VaultProblem.self) { try vault.resolve(link(target), from: note) }
  }

  @Test func aNearMissIsSuggested() throws {
    do {
      _ = try vault.resolve(link("Onyl"), from: note)
      Issue.record("resolved")
    } catch let problem as VaultProblem {
      #expect(problem.fix == "did you mean [[Only]]?")
    }
  }

  @Test func linkTexts() throws {
    #expect(try vault.linkText(to: NoteFile(path: scratch.path("v/A/Only.md"))) == "Only")
    #expect(try vault.linkText(to: NoteFile(path: scratch.path("v/Z/Twin.md"))) == "Z/Twin")
  }

  @Test func listing() throws {
    try scratch.file("v/.trash/Gone.md")
    try scratch.file("v/.hidden.md")
    try scratch.file("v/picture.png")
    try scratch.folder("v/Folder.md")
    try scratch.file("v/Folder.md/In.md")
    mkfifo(scratch.path("v/Pipe.md"), 0o644)
    symlink("nowhere", scratch.path("v/Broken.md"))
    #expect(
      try vault.notes() == [
        "A/B/Deploy.md", "A/Case.md", "A/Deploy.md", "A/From.md", "A/Only.md", "A/Twin.md",
        "Alias.md", "Folder.md/In.md", "Home.md", "Leak.md", "Top.md", "Z/Top.md", "Z/Twin.md",
        "Z/case.md", "Z/Été.md",
      ])
    #expect(try vault.listing(of: "Z").notes == ["Z/Top.md", "Z/Twin.md", "Z/case.md", "Z/Été.md"])
  }

  private func link(_ target: String) -> Link {
    Link(isEmbed: true, target: target, fragment: nil, alias: nil, range: 0..<0)
  }
}
