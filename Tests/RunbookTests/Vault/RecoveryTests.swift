import Glibc
import Testing

@testable import Runbook

/// A writer that is killed leaves the folder as it stood at some moment. The folder is copied at every stage of a write,
/// and each copy is recovered.
@Suite struct RecoveryTests {
  private struct Moment {
    let stage: WriteStage
    let folder: ScratchFolder
    let intents: [WriteIntent]
  }

  private func moments(
    calls: FileCalls = .system, during: (WriteStage, ScratchFolder) throws -> Void = { _, _ in }
  ) throws -> [Moment] {
    let scratch = try ScratchFolder()
    let file = try NoteFile(path: scratch.file("N.md", "one\n"))
    let writer = NoteWriter(calls: calls, stamp: { "2026-08-21 140210" })
    var moments: [Moment] = []
    var intents: [WriteIntent] = []
    try withoutActuallyEscaping(during) { during in
      writer.onStage = { stage in
        try during(stage, scratch)
        moments.append(Moment(stage: stage, folder: try copy(scratch), intents: intents))
      }
      _ = try writer.write(
        to: file, intent: { intents.append($0) }, render: NoteWriterTests.mark)
      writer.onStage = { _ in }
    }
    return moments
  }

  private func copy(_ folder: ScratchFolder) throws -> ScratchFolder {
    let copy = try ScratchFolder()
    for name in folder.names() { try copy.file(name, folder.text(name)) }
    return copy
  }

  private func recover(_ moment: Moment) throws -> [RecoveredFile] {
    try NoteWriter.recover(
      folder: NoteFolder(path: moment.folder.path), intents: moment.intents,
      stamp: { "2026-08-21 140210" })
  }

  @Test func killedAtEachStage() throws {
    let moments = try moments()
    #expect(moments.map(\.stage) == [.rendered, .staged, .swapped, .synced, .settled])
    for moment in moments {
      let recovered = try recover(moment)
      #expect(moment.folder.names() == ["N.md"])
      #expect(["one\n", "one\n%mark\n"].contains(try moment.folder.text("N.md")))
      #expect(recovered.count == ([.rendered, .settled].contains(moment.stage) ? 0 : 1))
      #expect(try recover(moment) == [])
    }
  }

  @Test func killedBeforeASaveWasPutBack() throws {
    var calls = FileCalls.system
    let counter = Counter()
    let holder = FolderHolder()
    calls.exchange = { [exchange = calls.exchange] folder, one, other in
      if counter.next() == 0, let scratch = holder.folder {
        try? ScratchFolder.write(
          Array("one\ntwo\n".utf8), to: scratch.path(".e"), flags: O_CREAT)
        rename(scratch.path(".e"), scratch.path("N.md"))
      }
      return exchange(folder, one, other)
    }
    let moments = try moments(calls: calls) { _, scratch in holder.folder = scratch }
    #expect(moments.contains { $0.stage == .putBack })
    for moment in moments where moment.stage != .rendered && moment.stage != .staged {
      let before = try moment.folder.text("N.md")
      _ = try recover(moment)
      #expect(moment.folder.names() == ["N.md"])
      let text = try moment.folder.text("N.md")
      #expect(text == "one\ntwo\n" || text == "one\ntwo\n%mark\n", "\(moment.stage): \(before)")
    }
  }

  @Test func killedWhileTheDotFileWasWritten() throws {
    let scratch = try ScratchFolder()
    try scratch.file("N.md", "one\n")
    try scratch.file(".N.md.runbook-x-new", "hal")
    let intent = WriteIntent(
      temporaryName: ".N.md.runbook-x", noteName: "N.md", hashOfOld: "a", hashOfNew: "b")
    #expect(try NoteWriter.recover(folder: scratch.path, intents: [intent]) == [])
    #expect(scratch.names() == ["N.md"])
  }

  @Test func whatIsNotOursIsKept() throws {
    let scratch = try ScratchFolder()
    try scratch.file("N.md", "one\n")
    try scratch.file(".N.md.runbook-x", "theirs\n")
    try scratch.file(".N.md.runbook-y", "not named\n")
    let intent = WriteIntent(
      temporaryName: ".N.md.runbook-x", noteName: "N.md", hashOfOld: "a", hashOfNew: "b")
    let recovered = try NoteWriter.recover(
      folder: NoteFolder(path: scratch.path), intents: [intent], stamp: { "S" })
    #expect(recovered == [.kept(".N.md.runbook-x", copy: "N (conflict S).md")])
    #expect(scratch.names() == [".N.md.runbook-y", "N (conflict S).md", "N.md"])
    #expect(try scratch.text("N (conflict S).md") == "theirs\n")
  }

  @Test func anOldFileThatAnEditorHasOpenIsTheNoteAgain() throws {
    let scratch = try ScratchFolder()
    try scratch.file("N.md", "one\n%mark\n")
    try scratch.file(".N.md.runbook-x", "one\n")
    let editor = open(scratch.path(".N.md.runbook-x"), O_WRONLY | O_APPEND | O_CLOEXEC)
    defer { close(editor) }
    let intent = WriteIntent(
      temporaryName: ".N.md.runbook-x", noteName: "N.md",
      hashOfOld: ContentDigest.sha256(Array("one\n".utf8)),
      hashOfNew: ContentDigest.sha256(Array("one\n%mark\n".utf8)))
    let recovered = try NoteWriter.recover(
      folder: NoteFolder(path: scratch.path), intents: [intent], stamp: { "S" })
    #expect(recovered == [.putBack(".N.md.runbook-x")])
    #expect(Glibc.write(editor, "two\n", 4) == 4)
    #expect(try scratch.text("N.md") == "one\ntwo\n")
    #expect(scratch.names() == ["N.md"])
  }

  private final class FolderHolder: @unchecked Sendable {
    var folder: ScratchFolder?
  }
}
