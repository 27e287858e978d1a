#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension NoteWriter {
  /// Puts new bytes in the place of what was read, if that is still what stands there; else leaves the note as it is,
  /// and the outcome as it was.
  /// - Parameter source: what the new bytes were made from, if it isn't what was read.
  func swap(
    _ write: NoteWrite, _ read: QuietRead, _ new: [UInt8], from source: [UInt8],
    _ result: inout WriteResult
  ) throws {
    let name = write.temporaryName()
    let staged = try stage(write, read, new, as: name)
    guard let method = try swapHeld(write, read, name, staged: staged, new: new) else { return }
    result.outcome = .written(method)
    ownWrites = ownWrites.suffix(3) + [OwnWrite(source: source, result: new)]
    held.append(
      HeldFile(
        file: read.file, name: method == .exchange ? name : nil, known: read.snapshot.bytes,
        lineage: lineage))
    try write.folder.sync()
    try onStage(.synced)
  }

  /// The swap itself, under a read lease on what was read, where that can be had: nobody can begin to write to it until
  /// it is known whether it is the note or the dot-file. Who waits to, gets it back as the note.
  /// - Returns: nil where the note is somebody else's by now; it is as he left it.
  private func swapHeld(
    _ write: NoteWrite, _ read: QuietRead, _ name: String, staged: OpenFile, new: [UInt8]
  ) throws -> WriteResult.SwapMethod? {
    var lease = FileLease.unavailable
    defer { if lease == .granted { FileLease.giveBack(read.file) } }
    let method: WriteResult.SwapMethod?
    do {
      try onStage(.staged)
      lease = FileLease.take(read.file, calls: calls)
      method = try changePlaces(write, read, name)
    } catch {
      // Until the swap the dot-file is ours alone; from then on it holds what was the note.
      try? write.folder.remove(name)
      throw error
    }
    guard let method else {
      try write.folder.remove(name)
      return nil
    }
    let isAwaited = lease == .granted && !FileLease.stands(read.file)
    try onStage(.swapped)
    guard method == .exchange, try isAwaited || !cameOut(write, read, name) else { return method }
    try putBack(write, name, staged: staged, new: new, over: read.snapshot.bytes)
    return nil
  }

  /// Gives the dot-file, open: while it is, no other file gets its inode number.
  private func stage(
    _ write: NoteWrite, _ read: QuietRead, _ new: [UInt8], as name: String
  ) throws -> OpenFile {
    try write.refuseReadOnly(read.file)
    try onStage(.rendered)
    try write.intent(
      WriteIntent(
        temporaryName: name, noteName: write.noteName,
        hashOfOld: ContentDigest.sha256(read.snapshot.bytes), hashOfNew: ContentDigest.sha256(new)))
    _ = try write.folder.stage(new, as: name, like: read.file)
    do {
      return try write.folder.openRegular(name)
    } catch {
      try? write.folder.remove(name)
      throw error
    }
  }

  /// nil: the note is not what was read any more, and nothing was done.
  private func changePlaces(
    _ write: NoteWrite, _ read: QuietRead, _ name: String
  ) throws -> WriteResult.SwapMethod? {
    let folder = write.folder
    // The exchange would find out, but everybody would see the wrong note until it is put back.
    guard try isUnchanged(write, read) else { return nil }
    if calls.exchange(folder.descriptor, name, write.noteName) == 0 { return .exchange }
    switch errno {
    case ENOENT: return nil
    case ENOSYS, EINVAL, ENOTSUP:
      guard try isUnchanged(write, read) else { return nil }
      try folder.rename(name, over: write.noteName)
      return .rename
    default: throw SystemError("renameat2", path: write.notePath)
    }
  }

  private func isUnchanged(_ write: NoteWrite, _ read: QuietRead) throws -> Bool {
    guard try write.folder.identity(of: write.noteName) == read.snapshot.identity else {
      return false
    }
    return try read.file.holds(read.snapshot.bytes)
  }

  private func cameOut(_ write: NoteWrite, _ read: QuietRead, _ name: String) throws -> Bool {
    guard let out = try write.folder.identity(of: name) else { return false }
    return try out.isSameFile(as: read.snapshot.identity)
      && read.file.holds(read.snapshot.bytes)
  }

  /// The dot-file is now what somebody saved between our read and the swap. It goes back; what comes out then must be
  /// what we had just put there, else somebody saved once more, and that goes back.
  private func putBack(
    _ write: NoteWrite, _ name: String, staged: OpenFile, new: [UInt8], over old: [UInt8]
  ) throws {
    var placed: OpenFile? = staged
    var placedBytes = new
    var below = old
    // As many saves would have to fall each into the microseconds between two exchanges.
    for _ in 0..<100 {
      // Not a file where somebody put a folder or a link in the note's place: it goes back all the same.
      let found = try? write.folder.openRegular(name)
      let first = look(at: found)
      let isBack = try exchangeBack(write, name)
      let sight = lookAgain(at: found, after: first)
      let save = sight.map { HiddenSave($0, over: below, writes: ownWrites) }
      if let save { hidden.append(save) }
      guard isBack else { return }
      if let placed, let out = try write.folder.identity(of: name),
        try out.isSameFile(as: placed.identity())
      {
        held.append(HeldFile(file: placed, name: name, known: placedBytes, lineage: -1))
        return try onStage(.putBack)
      }
      placed = found
      placedBytes = sight?.bytes ?? []
      below = placedBytes
    }
    copies.append(try write.keep(file: name, stamp: stamp()))
  }

  /// Taken before it goes back: from then on it can be opened, and truncated, by the one who must not undo it. And quick:
  /// until then everybody sees the wrong note.
  private func look(at found: OpenFile?) -> HiddenSave.Sight? {
    guard let found else { return nil }
    let lease = FileLease.take(found, calls: calls)
    defer { if lease == .granted { FileLease.giveBack(found) } }
    guard let bytes = try? found.bytes(limit: Note.sizeLimit) else { return nil }
    return HiddenSave.Sight(bytes: bytes, unfinished: lease == .granted ? nil : found)
  }

  /// What came behind while it was put back.
  private func lookAgain(
    at found: OpenFile?, after first: HiddenSave.Sight?
  ) -> HiddenSave.Sight? {
    guard let first, first.unfinished != nil else { return first }
    guard let second = look(at: found), second.bytes.starts(with: first.bytes) else { return first }
    return second
  }

  /// False where no exchange was needed, or possible; the dot-file is then gone.
  private func exchangeBack(_ write: NoteWrite, _ name: String) throws -> Bool {
    while calls.exchange(write.folder.descriptor, name, write.noteName) != 0 {
      let failure = SystemError("renameat2", path: write.notePath)
      guard failure.code == ENOENT else {
        copies.append(try write.keep(file: name, stamp: stamp()))
        throw failure
      }
      // Somebody deleted what stood in the note's place for a moment: that was not what he meant.
      guard try write.folder.identity(of: name) != nil else { return false }
      do {
        try write.folder.rename(name, toNew: write.noteName)
        return false
      } catch {
        guard error.code == EEXIST else { throw error }
      }
    }
    return true
  }
}
