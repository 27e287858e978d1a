#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension NoteWriter {
  /// Where nobody can tell whether a file is still open: how long it must have stood unchanged, in nanoseconds.
  private static let quietTime: Int64 = 1_000_000_000

  private enum Look {
    /// Nobody has it open, and it says nothing new.
    case done
    /// Somebody has it open, or that can't be told yet.
    case waiting
    case changed([UInt8])
  }

  /// Looks at every file that was swapped out: deletes it where nobody has it open any more, and brings into the note
  /// what was written to it after the swap.
  /// - Parameter isLast: what is still open becomes a conflict copy.
  func lookAgain(_ write: NoteWrite, isLast: Bool, _ result: inout WriteResult) throws {
    var index = 0
    var changes = 0
    while index < held.count {
      switch try look(at: index, write.folder, isLast: isLast) {
      case .done:
        held.remove(at: index)
        changes = 0
        try onStage(.settled)
      case .changed(let bytes) where changes < 3:
        changes += 1
        if try !merge(bytes, at: index, write, &result) {
          try keepHeld(at: index, bytes, write)
        }
      case .changed(let bytes) where isLast:
        try keepHeld(at: index, bytes, write)
      case .waiting where isLast:
        try keepHeld(at: index, held[index].known, write)
      case .waiting, .changed:
        index += 1
        changes = 0
      }
    }
  }

  private func look(at index: Int, _ folder: NoteFolder, isLast: Bool) throws -> Look {
    let one = held[index]
    let lease = FileLease.take(one.file, calls: calls)
    defer { if lease == .granted { FileLease.giveBack(one.file) } }
    let bytes = try one.file.bytes()
    let isOld = MonotonicTime.now - one.since >= Self.quietTime
    let isQuiet = lease == .granted || lease == .unavailable && (isOld || isLast)
    guard bytes == one.known else {
      // While somebody writes, only what has all the earlier bytes is not something half written.
      return isQuiet || isLast || bytes.starts(with: one.known) ? .changed(bytes) : .waiting
    }
    guard isQuiet, lease == .unavailable || FileLease.stands(one.file) else { return .waiting }
    guard let name = one.name else { return .done }
    guard try folder.identity(of: name)?.isSameFile(as: one.file.identity()) == true else {
      return .done
    }
    try folder.remove(name)
    // Who had found it under the note's name before the swap, and opens it only now, waits for the lease: he gets a
    // file that has no name any more.
    held[index].name = nil
    return lease == .unavailable || FileLease.stands(one.file) ? .done : .waiting
  }

  /// Puts what was written to a swapped-out file into the note. False where the note has become another since, and lacks
  /// a line of it.
  private func merge(
    _ bytes: [UInt8], at index: Int, _ write: NoteWrite, _ result: inout WriteResult
  ) throws -> Bool {
    // Deleted, or something else by now: the bytes are kept beside it.
    guard let read = try? write.read() else { return false }
    let change = HiddenSave(
      HiddenSave.Sight(bytes: bytes, unfinished: nil), over: held[index].known, writes: ownWrites)
    guard held[index].lineage == lineage, read.snapshot.bytes == ownWrites.last?.result else {
      guard change.isContained(in: read.snapshot.bytes) else { return false }
      held[index].known = bytes
      return true
    }
    guard let new = try? write.render(bytes) else { return false }
    if new != read.snapshot.bytes {
      let before = result.outcome
      result.outcome = .contended
      try swap(write, read, new, from: bytes, &result)
      if result.outcome == .contended {
        result.outcome = before
        return false
      }
    }
    // Until now who read the note did not see it.
    hidden.append(change)
    lineage += 1
    held[index].lineage = lineage
    held[index].known = bytes
    return true
  }

  private func keepHeld(at index: Int, _ bytes: [UInt8], _ write: NoteWrite) throws {
    if let name = held[index].name {
      copies.append(try write.keep(file: name, stamp: stamp()))
      if bytes == held[index].known { openCopies += copies.suffix(1) }
    } else if bytes != held[index].known {
      copies.append(try write.keep(bytes, stamp: stamp()))
    }
    held.remove(at: index)
  }
}
