import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads a note while nobody is in the middle of writing to it.
///
/// An editor that saves in place truncates first: read then, the note is empty or half. A read lease is granted
/// only while nobody has the file open for writing, and keeps them out for the time of the read. Where there are no
/// leases, two looks at size and time must agree.
struct QuietRead {
  let snapshot: NoteSnapshot
  /// Still open: tells later what became of this very file.
  let file: OpenFile

  /// How long a file that somebody holds open is waited for, in milliseconds; then it is read as it stands.
  /// A save takes a few; a shell that holds a log open would never end.
  private static let patience = 250

  static func read(_ name: String, in folder: NoteFolder) throws -> QuietRead {
    let deadline = MonotonicTime.now + Int64(patience) * 1_000_000
    while true {
      let file = try folder.openRegular(name)
      if let read = try attempt(file, calls: folder.calls, isLast: MonotonicTime.now >= deadline) {
        return read
      }
      MonotonicTime.pause(milliseconds: 2)
    }
  }

  private static func attempt(
    _ file: OpenFile, calls: FileCalls, isLast: Bool
  ) throws -> QuietRead? {
    let before = try file.identity()
    let lease = FileLease.take(file, calls: calls)
    if lease == .refused && !isLast { return nil }
    defer { if lease == .granted { FileLease.giveBack(file) } }
    let bytes = try file.bytes(limit: Note.sizeLimit)
    guard bytes.count <= Note.sizeLimit else { throw tooLarge(file.path) }
    let after = try file.identity()
    guard isLast || after == before && after.size == bytes.count else { return nil }
    return QuietRead(snapshot: NoteSnapshot(bytes: bytes, identity: after), file: file)
  }

  private static func tooLarge(_ path: String) -> VaultProblem {
    VaultProblem(
      "\(path) is larger than \(Note.sizeLimit >> 20) MiB",
      fix: "split the note: long logs and attachments belong in files of their own")
  }
}
