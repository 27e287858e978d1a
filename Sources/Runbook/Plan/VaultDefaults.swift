/// The file `.runbook.yml` at a vault's root: settings for all its notes, where they say nothing themselves.
public struct VaultDefaults: Sendable, Equatable, Codable {
  public static let fileName = ".runbook.yml"

  /// As people are told of it.
  public let file: String
  public let bytes: [UInt8]
  /// The vault's root as seen from the note's folder: `..`, or `.`; paths in the file are relative to it.
  public let rootFromNote: String

  public init(file: String, bytes: [UInt8], rootFromNote: String) {
    self.file = file
    self.bytes = bytes
    self.rootFromNote = rootFromNote
  }

  /// The file as front matter of a note that has nothing else, so that one reader does for both.
  func note() throws(NoteProblem) -> (note: Note, addedLines: Int) {
    var text = bytes
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    let rule = Array("---".utf8)
    let isOpened = text.starts(with: rule + [10]) || text.starts(with: rule + [13, 10])
    let note = try Note((isOpened ? [] : rule + [10]) + text + [10] + rule + [10])
    return (note, isOpened ? 0 : 1)
  }

  /// A path in the file as the note would write it.
  func fromNote(_ path: String) -> String {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("~"), !path.hasPrefix("$"),
      rootFromNote != "."
    else { return path }
    return rootFromNote + "/" + path
  }
}
