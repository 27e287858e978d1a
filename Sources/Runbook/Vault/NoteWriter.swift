/// Writes into a note that an editor may have open: compare and swap, nothing of anybody's lost.
///
/// The new bytes go into a dot-file beside the note and the two files change places in one step. What came out must be
/// the very file, with the very bytes, that the new ones were made from; else it is put back, and the whole begins
/// again with what the note says now. And what came out is kept until nobody has it open for writing, since an editor
/// that opened the note before the swap saves into that file after it.
///
/// One writer a run: it remembers what it replaced. Not for use by two threads at once.
public final class NoteWriter {
  /// Tries of one write before it is given up as contended.
  static let attempts = 20

  let calls: FileCalls
  /// The moment for the name of a conflict copy, `2026-08-21 140210`.
  let stamp: () -> String
  /// Told at each stage; a test looks at the folder then, or plays the editor.
  var onStage: (WriteStage) throws -> Void = { _ in }

  var held: [HeldFile] = []
  var hidden: [HiddenSave] = []
  /// Conflict copies that no result has named yet.
  var copies: [String] = []
  var openCopies: [String] = []
  /// Counts the user's texts; see `HeldFile.lineage`.
  var lineage = 0
  /// The newest last, a few.
  var ownWrites: [OwnWrite] = []
  var target: NoteFile?

  public convenience init() { self.init(calls: .system, stamp: LocalStamp.now) }

  init(calls: FileCalls, stamp: @escaping () -> String) {
    self.calls = calls
    self.stamp = stamp
  }

  /// - Parameters:
  ///   - file: always the same note for one writer.
  ///   - intent: told of every swap before it happens; an error from it stops the write before anything is on disk.
  ///   - render: gets the bytes that stand in the note now and gives those that shall; nil, or equal ones: nothing is
  ///     written. Called again whenever somebody else wrote in between.
  /// - Throws: what `intent` and `render` throw; `VaultProblem` where the note must not be written to (it is read-only,
  ///   or gone); `SystemError`. The note then has old or new bytes, whole.
  public func write(
    to file: NoteFile, intent: (WriteIntent) throws -> Void, render: ([UInt8]) throws -> [UInt8]?
  ) throws -> WriteResult {
    try withoutActuallyEscaping(intent) { intent in
      try withoutActuallyEscaping(render) { render in
        try self.write(
          NoteWrite(file: file, calls: calls, intent: intent, render: render), to: file)
      }
    }
  }

  private func write(_ write: NoteWrite, to file: NoteFile) throws -> WriteResult {
    target = file
    var result = WriteResult(outcome: .contended)
    do {
      try attempt(write, &result)
    } catch {
      // A dot-file that was seen as the note for a moment goes as soon as nobody writes to it, error or not.
      try? lookAgain(write, isLast: false, &result)
      throw error
    }
    try lookAgain(write, isLast: false, &result)
    return complete(result)
  }

  private func attempt(_ write: NoteWrite, _ result: inout WriteResult) throws {
    try lookAgain(write, isLast: false, &result)
    for _ in 0..<Self.attempts where result.outcome == .contended {
      let read = try readAnew(write)
      guard let new = try write.render(read.snapshot.bytes), new != read.snapshot.bytes else {
        result.outcome = .unchanged
        break
      }
      try swap(write, read, new, from: read.snapshot.bytes, &result)
    }
  }

  /// The last look at what was replaced: waits until nobody has it open, at most `seconds`. What somebody still has open
  /// then becomes a conflict copy, so that what they write there later stands in a file that they see.
  public func finish(
    waiting seconds: Double = 2, intent: (WriteIntent) throws -> Void,
    render: ([UInt8]) throws -> [UInt8]?
  ) throws -> WriteResult {
    guard let target else { return WriteResult(outcome: .unchanged) }
    return try withoutActuallyEscaping(intent) { intent in
      try withoutActuallyEscaping(render) { render in
        try finish(
          NoteWrite(file: target, calls: calls, intent: intent, render: render), waiting: seconds)
      }
    }
  }

  private func finish(_ write: NoteWrite, waiting seconds: Double) throws -> WriteResult {
    var result = WriteResult(outcome: .unchanged)
    let deadline = MonotonicTime.now + Int64(seconds * 1e9)
    while !held.isEmpty, MonotonicTime.now < deadline {
      try lookAgain(write, isLast: false, &result)
      if !held.isEmpty { MonotonicTime.pause(milliseconds: 5) }
    }
    try lookAgain(write, isLast: true, &result)
    return complete(result)
  }

  private func complete(_ result: WriteResult) -> WriteResult {
    var result = result
    result.heldOpen = held.count
    result.conflictCopies = copies
    result.openCopies = openCopies
    copies = []
    openCopies = []
    return result
  }

  /// Reads the note, and sees whether it still has what our last swap hid for a moment.
  private func readAnew(_ write: NoteWrite) throws -> QuietRead {
    let read = try write.read()
    let bytes = read.snapshot.bytes
    if let encoding = ForeignEncoding.name(of: bytes) {
      throw VaultProblem(
        "\(write.notePath) is \(encoding) text, and nothing was written to it",
        fix: ForeignEncoding.fix)
    }
    if bytes != ownWrites.last?.result { lineage += 1 }
    let now = MonotonicTime.now
    hidden.removeAll { now - $0.since > 10_000_000_000 }
    for index in hidden.indices.reversed() {
      hidden[index].finish(read, writes: ownWrites)
      if hidden[index].isContained(in: bytes) { continue }
      copies.append(try write.keep(hidden[index].bytes, stamp: stamp()))
      hidden.remove(at: index)
    }
    return read
  }
}
