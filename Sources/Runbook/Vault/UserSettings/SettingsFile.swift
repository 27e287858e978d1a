/// A file that holds nothing but settings, read as the front matter of a note that has nothing else: so one reader does
/// for both.
struct SettingsFile {
  let note: Note
  /// Lines in front that the file on disk does not have.
  let addedLines: Int

  init(_ bytes: [UInt8]) throws(NoteProblem) {
    var text = bytes
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    let rule = Array("---".utf8)
    let isOpened = text.starts(with: rule + [10]) || text.starts(with: rule + [13, 10])
    note = try Note((isOpened ? [] : rule + [10]) + text + [10] + rule + [10])
    addedLines = isOpened ? 0 : 1
  }

  /// It is one list of settings, or this is wrong with it; without a place.
  var secondDocument: NoteProblem? {
    guard note.lines.count > note.bodyLine + 1 else { return nil }
    return NoteProblem(
      "the file holds more than one document", at: 0..<0, fix: "write one list of settings")
  }
}
