#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension NoteWriter {
  /// Clears what a killed writer left beside a note. Only dot-files that the intents name are touched, and only those
  /// whose bytes hash to what an intent recorded are deleted.
  /// - Parameters:
  ///   - folder: the note's real folder.
  ///   - intents: in the order in which they were given.
  public static func recover(
    folder path: String, intents: [WriteIntent]
  ) throws -> [RecoveredFile] {
    try recover(folder: NoteFolder(path: path), intents: intents, stamp: LocalStamp.now)
  }

  static func recover(
    folder: NoteFolder, intents: [WriteIntent], stamp: () -> String
  ) throws -> [RecoveredFile] {
    let hashes = Set(intents.flatMap { [$0.hashOfOld, $0.hashOfNew] })
    var seen: Set<String> = []
    var recovered: [RecoveredFile] = []
    for intent in intents.reversed() where seen.insert(intent.temporaryName).inserted {
      // Never the note, so nobody's but ours; see `NoteFolder.stage`.
      try folder.remove(intent.temporaryName + NoteFolder.stagingSuffix)
      let found = try recover(intent, in: folder, hashes: hashes, stamp: stamp)
      if let found { recovered.append(found) }
    }
    try folder.sync()
    return recovered
  }

  private static func recover(
    _ intent: WriteIntent, in folder: NoteFolder, hashes: Set<String>, stamp: () -> String
  ) throws -> RecoveredFile? {
    let name = intent.temporaryName
    guard let status = try folder.status(of: name) else { return nil }
    if status.st_mode & S_IFMT == S_IFREG, try deleteIfOurs(name, in: folder, hashes: hashes) {
      return .deleted(name)
    }
    // Somebody's save, or a file that somebody still has open: what he writes shall be in the note.
    let hasOurs =
      (try? folder.openRegular(intent.noteName).bytes(limit: Note.sizeLimit))
      .map { ContentDigest.sha256($0) == intent.hashOfNew } ?? false
    if hasOurs, folder.calls.exchange(folder.descriptor, name, intent.noteName) == 0,
      try deleteIfOurs(name, in: folder, hashes: hashes)
    {
      return .putBack(name)
    }
    let write = NoteWrite(folder: folder, noteName: intent.noteName)
    return .kept(name, copy: try write.keep(file: name, stamp: stamp()))
  }

  private static func deleteIfOurs(
    _ name: String, in folder: NoteFolder, hashes: Set<String>
  ) throws -> Bool {
    let file = try folder.openRegular(name)
    let deadline = MonotonicTime.now + 250_000_000
    while true {
      let lease = FileLease.take(file, calls: folder.calls)
      defer { if lease == .granted { FileLease.giveBack(file) } }
      guard hashes.contains(ContentDigest.sha256(try file.bytes())) else { return false }
      if lease != .refused {
        try folder.remove(name)
        return true
      }
      // Somebody writes to it: give him the time of a save, then let him have the file.
      guard MonotonicTime.now < deadline else { return false }
      MonotonicTime.pause(milliseconds: 5)
    }
  }
}
