/// What a note could execute when it was last run on this machine: a file a note (and section) in the state folder.
public struct KnownNote {
  private struct Content: Codable {
    let note: String
    let section: String?
    let parts: [ExecutablePart]
  }

  private let folder: String
  private let path: String
  private let note: String
  private let section: String?

  /// - Parameter note: its real path.
  public init(note: String, section: String?, in state: StateFolder) {
    (self.note, self.section) = (note, section)
    let name = ContentDigest.sha256(Array("\(note)\0\(section ?? "")".utf8))
    folder = state.known
    path = "\(folder)/\(name.prefix(40)).json"
  }

  /// Nil where it has not run here; a file that can't be read is as good as none.
  public var parts: [ExecutablePart]? {
    guard let bytes = try? WholeFile.read(path),
      let content = JSONText.decode(Content.self, bytes), content.note == note,
      content.section == section
    else { return nil }
    return content.parts
  }

  public func remember(_ parts: [ExecutablePart]) throws {
    let content = Content(note: note, section: section, parts: parts)
    let bytes = Array(try JSONText.encode(content).utf8)
    if (try? WholeFile.read(path)) == bytes { return }
    try WholeFile.replace(path, with: bytes, mode: 0o600)
    // Before anything runs: who approves a change is not to be asked about it again after a power cut.
    try WholeFile.syncFolder(folder)
  }
}
