import CPlatform
import Glibc
import TestSupport
import Testing

@testable import Runbook

/// What an editor does, one after the other, on the writer's own thread.
private struct Saves: @unchecked Sendable {
  let list: [() throws -> Void]
}

@Suite struct NoteWriterTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
  }

  private func note(_ text: String = "one\n") throws -> NoteFile {
    try NoteFile(path: scratch.file("N.md", text))
  }

  /// Adds our mark at the end once, as an annotation does; taking it away first.
  static func mark(_ bytes: [UInt8]) -> [UInt8] { strip(bytes) + Array("%mark\n".utf8) }

  static func strip(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    return Array(text.replacing("%mark\n", with: "").utf8)
  }

  @discardableResult
  private func write(
    _ writer: NoteWriter, _ file: NoteFile, intent: (WriteIntent) throws -> Void = { _ in }
  ) throws -> WriteResult {
    try writer.write(to: file, intent: intent, render: Self.mark)
  }

  private func writer(_ change: (inout FileCalls) -> Void = { _ in }) -> NoteWriter {
    var calls = FileCalls.system
    change(&calls)
    return NoteWriter(calls: calls, stamp: { "2026-08-21 140210" })
  }

  @Test func writesByExchangeAndLeavesNothingBehind() throws {
    let file = try note()
    var intents: [WriteIntent] = []
    let result = try write(writer(), file) { intents.append($0) }
    #expect(result == WriteResult(outcome: .written(.exchange)))
    #expect(try scratch.text("N.md") == "one\n%mark\n")
    #expect(scratch.names() == ["N.md"])
    #expect(intents.count == 1)
    #expect(intents[0].temporaryName.hasPrefix(".N.md.runbook-"))
    #expect(intents[0].noteName == "N.md")
    #expect(intents[0].hashOfOld == ContentDigest.sha256(Array("one\n".utf8)))
    #expect(intents[0].hashOfNew == ContentDigest.sha256(Array("one\n%mark\n".utf8)))
  }

  @Test func equalBytesAreNotWritten() throws {
    let file = try note("one\n%mark\n")
    let before = FileIdentity(try scratch.status("N.md"))
    #expect(try write(writer(), file).outcome == .unchanged)
    #expect(
      try writer().write(to: file, intent: { _ in }, render: { _ in nil }).outcome == .unchanged)
    #expect(FileIdentity(try scratch.status("N.md")) == before)
  }

  @Test func theModeIsKept() throws {
    let file = try note()
    chmod(file.realPath, 0o640)
    try write(writer(), file)
    #expect(try scratch.status("N.md").st_mode & 0o7777 == 0o640)
    #expect(try scratch.text("N.md") == "one\n%mark\n")
  }

  @Test(.enabled(if: geteuid() == 0, "only root may give a file away"))
  func theOwnerIsKept() throws {
    let file = try note()
    try #require(chown(file.realPath, 12_345, 23_456) == 0)
    try write(writer(), file)
    let status = try scratch.status("N.md")
    #expect(status.st_uid == 12_345)
    #expect(status.st_gid == 23_456)
  }

  @Test(.enabled(if: Self.canSetAttributes, "the file system keeps no attributes of users"))
  func attributesAreKept() throws {
    let file = try note()
    try #require(Self.setAttribute(file.realPath))
    try write(writer(), file)
    var found = [UInt8](repeating: 0, count: 64)
    let written = open(file.realPath, O_RDONLY | O_CLOEXEC)
    let count = platform_attribute_get(written, "user.test", &found, found.count)
    close(written)
    #expect(Array(found.prefix(max(count, 0))) == Self.attribute)
  }

  private static let attribute = Array("wert".utf8)

  private static func setAttribute(_ path: String) -> Bool {
    let file = open(path, O_RDWR | O_CLOEXEC)
    defer { close(file) }
    return platform_attribute_set(file, "user.test", attribute, attribute.count) == 0
  }

  private static let canSetAttributes: Bool = {
    guard let scratch = try? ScratchFolder() else { return false }
    return (try? setAttribute(scratch.file("N.md", "one"))) == true
  }()

  @Test func aLinkToTheNoteStays() throws {
    try scratch.file("real/R.md", "one\n")
    symlink("real/R.md", scratch.path("L.md"))
    try write(writer(), try NoteFile(path: scratch.path("L.md")))
    #expect(try scratch.status("L.md").st_mode & S_IFMT == S_IFLNK)
    #expect(try scratch.text("real/R.md") == "one\n%mark\n")
    #expect(scratch.names() == ["L.md", "real"])
  }

  @Test func aReadOnlyNoteIsNotWritten() throws {
    let file = try note()
    chmod(file.realPath, 0o444)
    #expect(throws: VaultProblem.self) { try write(writer(), file) }
    #expect(try scratch.text("N.md") == "one\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func aSaveByRenameBetweenReadAndSwapIsPutBackAndKept() throws {
    for moment in [WriteStage.rendered, .staged] {
      let file = try note("one\n")
      let writer = writer()
      var saves = 0
      writer.onStage = { stage in
        guard stage == moment, saves == 0 else { return }
        saves += 1
        try scratch.file(".editor", "one\ntwo\n")
        rename(scratch.path(".editor"), scratch.path("N.md"))
      }
      #expect(try write(writer, file) == WriteResult(outcome: .written(.exchange)))
      #expect(try scratch.text("N.md") == "one\ntwo\n%mark\n")
      #expect(scratch.names() == ["N.md"])
    }
  }

  /// The look before the exchange finds nearly every save; here one falls between that look and the exchange.
  private func writerWithASaveAtTheLastMoment(
    saves: [() throws -> Void]
  ) -> NoteWriter {
    let counter = Counter()
    let saves = Saves(list: saves)
    return writer { calls in
      let exchange = calls.exchange
      calls.exchange = { folder, one, other in
        let index = counter.next()
        if index < saves.list.count { try? saves.list[index]() }
        return exchange(folder, one, other)
      }
    }
  }

  private func saveByRename(_ text: String) -> () throws -> Void {
    {
      try scratch.file(".editor", text)
      rename(scratch.path(".editor"), scratch.path("N.md"))
    }
  }

  @Test func aSaveAtTheLastMomentIsPutBack() throws {
    let file = try note()
    let writer = writerWithASaveAtTheLastMoment(saves: [saveByRename("one\ntwo\n")])
    #expect(try write(writer, file) == WriteResult(outcome: .written(.exchange)))
    #expect(try scratch.text("N.md") == "one\ntwo\n%mark\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func twoSavesAtTheLastMoments() throws {
    let file = try note()
    let writer = writerWithASaveAtTheLastMoment(saves: [
      saveByRename("one\ntwo\n"), saveByRename("one\ntwo\nthree\n"),
    ])
    #expect(try write(writer, file) == WriteResult(outcome: .written(.exchange)))
    #expect(try scratch.text("N.md") == "one\ntwo\nthree\n%mark\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func aSaveMadeFromTheNoteThatHidAnotherKeepsTheOther() throws {
    let file = try note()
    // The second editor had read the note while the first one's save was out of sight.
    let writer = writerWithASaveAtTheLastMoment(saves: [
      saveByRename("one\nfirst\n"), saveByRename("one\nsecond\n"),
    ])
    let result = try write(writer, file)
    #expect(result.outcome == .written(.exchange))
    #expect(result.conflictCopies == ["N (conflict 2026-08-21 140210).md"])
    #expect(try scratch.text("N.md") == "one\nsecond\n%mark\n")
    #expect(try scratch.text("N (conflict 2026-08-21 140210).md") == "one\nfirst\n")
    #expect(scratch.names() == ["N (conflict 2026-08-21 140210).md", "N.md"])
  }

  /// Through a descriptor that was open already: with a lease, nobody gets another one then.
  @Test func aSaveInPlaceAtTheLastMomentIsPutBack() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writerWithASaveAtTheLastMoment(saves: [
      {
        _ = Glibc.write(editor, "two\n", 4)
        close(editor)
      }
    ])
    #expect(try write(writer, file) == WriteResult(outcome: .written(.exchange)))
    #expect(try scratch.text("N.md") == "one\ntwo\n%mark\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func aFolderInTheNotesPlaceIsPutBack() throws {
    let file = try note()
    let writer = writerWithASaveAtTheLastMoment(saves: [
      {
        unlink(file.realPath)
        try scratch.file("N.md/inner.md", "x")
      }
    ])
    #expect(throws: VaultProblem.self) { try write(writer, file) }
    #expect(scratch.names() == ["N.md"])
    #expect(try scratch.text("N.md/inner.md") == "x")
  }

  @Test func aDeletedNoteIsNotMadeAgain() throws {
    let file = try note()
    let writer = writerWithASaveAtTheLastMoment(saves: [{ unlink(file.realPath) }])
    #expect(throws: VaultProblem.self) { try write(writer, file) }
    #expect(scratch.names() == [])
  }

  @Test func aNoteThatIsBackSoonIsWritten() throws {
    let file = try note()
    let writer = writerWithASaveAtTheLastMoment(saves: [
      { unlink(file.realPath) }, { try scratch.file("N.md", "two\n") },
    ])
    let counter = Counter()
    writer.onStage = { stage in if stage == .rendered { _ = counter.next() } }
    do { try write(writer, file) } catch is VaultProblem {}
    #expect(scratch.names().count <= 1)
  }

  @Test func whatIsAppendedThroughAnOpenDescriptorComesIn() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writer()
    let first = try write(writer, file)
    #expect(first.outcome == .written(.exchange))
    #expect(first.heldOpen == 1)
    for line in ["two\n", "three\n"] {
      #expect(Glibc.write(editor, line, line.utf8.count) == line.utf8.count)
      let result = try write(writer, file)
      #expect(result.outcome == .written(.exchange))
      #expect(result.conflictCopies == [])
    }
    #expect(try scratch.text("N.md") == "one\ntwo\nthree\n%mark\n")
    close(editor)
    let last = try writer.finish(intent: { _ in }, render: Self.mark)
    #expect(last == WriteResult(outcome: .unchanged))
    #expect(scratch.names() == ["N.md"])
  }

  @Test func whatIsSavedIntoTheOldFileAfterAnotherSaveBecomesAConflictCopy() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writer()
    try write(writer, file)
    try ScratchFolder.write(Array("other\n".utf8), to: file.realPath, flags: O_APPEND)
    #expect(Glibc.write(editor, "mine\n", 5) == 5)
    close(editor)
    let result = try write(writer, file)
    #expect(result.conflictCopies == ["N (conflict 2026-08-21 140210).md"])
    #expect(result.openCopies == [])
    #expect(try scratch.text("N.md") == "one\nother\n%mark\n")
    #expect(try scratch.text("N (conflict 2026-08-21 140210).md") == "one\nmine\n")
  }

  @Test func whatIsStillOpenAtTheEndStandsWhereItIsSeen() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writer()
    try write(writer, file)
    let last = try writer.finish(waiting: 0.02, intent: { _ in }, render: Self.mark)
    #expect(last.conflictCopies == ["N (conflict 2026-08-21 140210).md"])
    #expect(last.openCopies == last.conflictCopies)
    #expect(Glibc.write(editor, "late\n", 5) == 5)
    close(editor)
    #expect(try scratch.text("N (conflict 2026-08-21 140210).md") == "one\nlate\n")
    #expect(scratch.names() == ["N (conflict 2026-08-21 140210).md", "N.md"])
  }

  /// Whoever only reads keeps nothing from being cleared away.
  @Test func whatOthersReadIsLetGo() throws {
    let file = try note()
    let reader = open(file.realPath, O_RDONLY | O_CLOEXEC)
    defer { close(reader) }
    let writer = writer()
    try write(writer, file)
    let last = try writer.finish(waiting: 0.02, intent: { _ in }, render: Self.mark)
    #expect(last == WriteResult(outcome: .unchanged))
    #expect(scratch.names() == ["N.md"])
  }

  @Test func aHalfWrittenNoteIsNotRead() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_TRUNC | O_CLOEXEC)
    let counter = Counter()
    let writer = writer { calls in
      let lease = calls.takeLease
      calls.takeLease = { descriptor in
        // The second time it is asked for, the editor has come to its end.
        if counter.next() == 1 {
          _ = Glibc.write(editor, "one\ntwo\n", 8)
          close(editor)
        }
        return lease(descriptor)
      }
    }
    _ = try writer.write(to: file, intent: { _ in }) { bytes in
      #expect(String(decoding: bytes, as: UTF8.self) == "one\ntwo\n")
      return Self.mark(bytes)
    }
    #expect(try scratch.text("N.md") == "one\ntwo\n%mark\n")
  }

  @Test func withoutAnExchangeItIsRenamed() throws {
    let file = try note()
    let writer = writer { calls in
      calls.exchange = { _, _, _ in
        errno = EINVAL
        return -1
      }
    }
    let result = try write(writer, file)
    #expect(result.outcome == .written(.rename))
    #expect(try scratch.text("N.md") == "one\n%mark\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func withoutLeasesTheOldFileIsKeptForAWhile() throws {
    let file = try note()
    let writer = writer { calls in
      calls.takeLease = { _ in
        errno = EINVAL
        return -1
      }
    }
    let result = try write(writer, file)
    #expect(result.heldOpen == 1)
    #expect(scratch.names().count == 2)
    try ScratchFolder.write(
      Array("late\n".utf8), to: scratch.path(scratch.names()[0]), flags: O_APPEND)
    let last = try writer.finish(waiting: 0.05, intent: { _ in }, render: Self.mark)
    #expect(last.outcome == .written(.exchange))
    #expect(try scratch.text("N.md") == "one\nlate\n%mark\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func withoutUnnamedFilesAndNoReplaceItWorksTheSame() throws {
    let file = try note()
    let writer = writer { calls in
      calls.openUnnamed = { _, _ in -1 }
      calls.renameNew = { _, _, _ in
        errno = ENOSYS
        return -1
      }
    }
    #expect(try write(writer, file) == WriteResult(outcome: .written(.exchange)))
    #expect(scratch.names() == ["N.md"])
  }

  @Test(arguments: [true, false])
  func aFailingSyncIsAnErrorAndLeavesTheNoteAsItWas(unnamed: Bool) throws {
    let file = try note()
    let counter = Counter()
    let writer = writer { calls in
      if !unnamed { calls.openUnnamed = { _, _ in -1 } }
      calls.sync = { _ in
        _ = counter.next()
        errno = EIO
        return -1
      }
    }
    #expect(
      throws: SystemError("fsync", path: file.realFolder, code: EIO),
      performing: {
        do {
          try write(writer, file)
        } catch let error as SystemError {
          throw SystemError(error.call, path: file.realFolder, code: error.code)
        }
      })
    #expect(counter.count == 1)
    #expect(try scratch.text("N.md") == "one\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test(arguments: [true, false])
  func aFullDiskLeavesTheNoteAsItWas(unnamed: Bool) throws {
    let file = try note(String(repeating: "x", count: 10_000))
    let counter = Counter()
    let writer = writer { calls in
      if !unnamed { calls.openUnnamed = { _, _ in -1 } }
      let write = calls.write
      calls.write = { descriptor, bytes in
        guard counter.next() == 0 else {
          errno = ENOSPC
          return -1
        }
        return write(descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(4_096)))
      }
    }
    #expect(throws: SystemError.self) { try write(writer, file) }
    #expect(try scratch.text("N.md") == String(repeating: "x", count: 10_000))
    #expect(scratch.names() == ["N.md"])
  }

  @Test func anErrorOfTheCallerStopsTheWriteBeforeAnythingIsOnDisk() throws {
    struct Refused: Error {}
    let file = try note()
    #expect(throws: Refused.self) { try write(writer(), file) { _ in throw Refused() } }
    #expect(throws: Refused.self) {
      try writer().write(to: file, intent: { _ in }, render: { _ in throw Refused() })
    }
    #expect(try scratch.text("N.md") == "one\n")
    #expect(scratch.names() == ["N.md"])
  }

  @Test func aNoteThatChangesAtEveryTryIsLeftToItsEditor() throws {
    let file = try note()
    let counter = Counter()
    let writer = writer()
    writer.onStage = { stage in
      guard stage == .staged else { return }
      try ScratchFolder.write(
        Array("\(counter.next())\n".utf8), to: file.realPath, flags: O_APPEND)
    }
    let result = try write(writer, file)
    #expect(result == WriteResult(outcome: .contended))
    #expect(counter.count == NoteWriter.attempts)
    #expect(scratch.names() == ["N.md"])
    #expect(try scratch.text("N.md").hasSuffix("\(NoteWriter.attempts - 1)\n"))
  }

  @Test func longNames() throws {
    let name = String(repeating: "é", count: 126) + ".md"
    let file = try NoteFile(path: scratch.file(name, "one\n"))
    #expect(try write(writer(), file).outcome == .written(.exchange))
    #expect(scratch.names() == [name])
  }

  @Test func whatIsInTheNoteAlreadyNeedsNoConflictCopy() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writer()
    try write(writer, file)
    #expect(Glibc.write(editor, "two\n", 4) == 4)
    close(editor)
    try ScratchFolder.write(Array("other\ntwo\n".utf8), to: file.realPath, flags: O_APPEND)
    let result = try write(writer, file)
    #expect(result.conflictCopies == [])
    #expect(scratch.names() == ["N.md"])
  }

  @Test func aLateSaveThatAnEditorUndoesUnseenIsKept() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writer()
    try write(writer, file)
    #expect(Glibc.write(editor, "late\n", 5) == 5)
    close(editor)
    let seen = try scratch.text("N.md")
    #expect(try write(writer, file).conflictCopies == [])
    #expect(try scratch.text("N.md") == "one\nlate\n%mark\n")
    try saveByRename(seen + "next\n")()
    let result = try write(writer, file)
    #expect(result.conflictCopies == ["N (conflict 2026-08-21 140210).md"])
    #expect(try scratch.text("N (conflict 2026-08-21 140210).md") == "one\nlate\n")
  }

  @Test func aNoteDeletedWhileItsOldFileIsOpenLosesNothing() throws {
    let file = try note()
    let editor = open(file.realPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    let writer = writer()
    try write(writer, file)
    unlink(file.realPath)
    #expect(Glibc.write(editor, "late\n", 5) == 5)
    close(editor)
    let last = try writer.finish(intent: { _ in }, render: Self.mark)
    #expect(last.conflictCopies == ["N (conflict 2026-08-21 140210).md"])
    #expect(try scratch.text("N (conflict 2026-08-21 140210).md") == "one\nlate\n")
  }

  /// A file system of one page beside the note's own folder.
  @Test(.enabled(if: MachineRights.canMount, "no file system may be mounted here"))
  func aReallyFullDisk() throws {
    let room = scratch.path("small")
    mkdir(room, 0o755)
    try #require(mount("tmpfs", room, "tmpfs", 0, "size=64k") == 0)
    defer { umount2(room, Int32(MNT_DETACH)) }
    let file = try NoteFile(path: scratch.file("small/N.md", String(repeating: "x", count: 40_000)))
    let before = try file.read()
    for unnamed in [true, false] {
      let writer = writer { calls in
        if !unnamed { calls.openUnnamed = { _, _ in -1 } }
      }
      #expect(throws: SystemError.self) { try write(writer, file) }
      #expect(try file.read() == before)
      #expect(ScratchFolder.names(in: room) == ["N.md"])
    }
  }
}
