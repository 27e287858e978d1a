import Glibc
import Testing

@testable import Runbook

@Suite struct NewNoteTests {
  let scratch: ScratchFolder
  let vault: Vault
  private let bytes = Array("record\n".utf8)

  init() throws {
    scratch = try ScratchFolder()
    try scratch.folder(".obsidian")
    vault = try Vault(containing: scratch.path)
  }

  @Test func makesFoldersAndNeverOverwrites() throws {
    let first = try vault.create("Runs/Deep/R.md", bytes)
    #expect(vault.relativePath(of: first) == "Runs/Deep/R.md")
    #expect(throws: SystemError("link", path: first.path, code: EEXIST)) {
      try vault.create("Runs/Deep/R.md", Array("other\n".utf8))
    }
    let second = try vault.create("Runs/Deep/R.md", Array("second\n".utf8), numbered: true)
    let third = try vault.create("Runs/Deep/R.md", Array("third\n".utf8), numbered: true)
    #expect(second.title == "R 2")
    #expect(third.title == "R 3")
    #expect(try scratch.text("Runs/Deep/R.md") == "record\n")
    #expect(try scratch.text("Runs/Deep/R 3.md") == "third\n")
    #expect(try scratch.status("Runs/Deep/R.md").st_mode & 0o777 == 0o644 & ~umaskNow())
    #expect(try vault.notes() == ["Runs/Deep/R 2.md", "Runs/Deep/R 3.md", "Runs/Deep/R.md"])
  }

  @Test(arguments: [
    "../R.md", "/etc/R.md", "Runs/../../R.md", "Runs//R.md", "R", "", ".hidden.md", "Runs/.x/R.md",
    "Out/R.md", "x\u{0}.md",
  ])
  func refuses(path: String) throws {
    symlink("/tmp", scratch.path("Out"))
    #expect(throws: VaultProblem.self) { try vault.create(path, bytes) }
  }

  @Test func aFileInTheFoldersPlaceIsAnError() throws {
    try scratch.file("Runs", "a file")
    #expect(throws: SystemError.self) { try vault.create("Runs/R.md", bytes) }
    #expect(try scratch.text("Runs") == "a file")
  }

  @Test func aListOfTenThousandNotesIsQuick() throws {
    for folder in 0..<10 {
      try scratch.folder("F\(folder)")
      for note in 0..<1_000 {
        close(open(scratch.path("F\(folder)/N\(note).md"), O_CREAT | O_WRONLY | O_CLOEXEC, 0o644))
      }
    }
    var notes: [String] = []
    let time = try ThreadTime.measure { notes = try vault.notes() }
    #expect(notes.count == 10_000)
    #expect(time < ThreadTime.limit(2))
  }

  private func umaskNow() -> mode_t {
    let mask = umask(0o022)
    umask(mask)
    return mask
  }
}
