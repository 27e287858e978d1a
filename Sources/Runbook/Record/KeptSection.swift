/// A part of a note that a command keeps up to date between two marks; all other bytes are the user's. The marks are
/// HTML comments, which no reader shows.
public enum KeptSection {
  public struct Problem: Error, Equatable {
    public let message: String
    public let fix: String
  }

  public static let opening = "<!-- runbook stats -->"
  public static let closing = "<!-- /runbook stats -->"

  /// The note with that text between its marks; at its end, with marks, where it has none.
  public static func replacing(_ text: String, in bytes: [UInt8]) throws -> [UInt8] {
    let note = try Note(bytes)
    let ending = note.lines.count > 1 ? note.text(note.lines.ending(of: 0)) : "\n"
    let body = text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: ending)
    guard let inside = try place(in: note) else {
      return try appending(body, ending, to: note)
    }
    return note.applying([
      Splice(inside, Array("\(ending)\(body)\(ending)\(ending)".utf8))
    ])
  }

  /// The bytes between the marks' lines; nil where there are no marks.
  private static func place(in note: Note) throws(Problem) -> Range<Int>? {
    let starts = lines(of: opening, in: note)
    let ends = lines(of: closing, in: note)
    if starts.isEmpty, ends.isEmpty { return nil }
    guard starts.count == 1, ends.count == 1, starts[0] < ends[0] else {
      throw Problem(
        message: "the marks \(opening) and \(closing) are not there once each, in this order",
        fix: "leave one pair of them, or none")
    }
    return note.lines.full(of: starts[0]).upperBound..<note.lines.content(of: ends[0]).lowerBound
  }

  private static func lines(of mark: String, in note: Note) -> [Int] {
    let code = note.fences.map { note.blocks[$0.block] }.map { $0.line...$0.lastLine }
    return (0..<note.lines.count).filter { line in
      note.text(note.lines.content(of: line)).trimmingSpaces == mark
        && !code.contains { $0.contains(line) }
    }
  }

  private static func appending(
    _ body: String, _ ending: String, to note: Note
  ) throws -> [UInt8] {
    let isClosed = note.fences.allSatisfy { $0.closingLine != nil }
    guard isClosed, note.openComment == nil, note.openMath == nil else {
      throw Problem(
        message: "the note ends inside a fence, a comment or mathematics that isn't closed",
        fix: "close it, or write the two marks where the table shall stand")
    }
    let last = note.lines.content(of: note.lines.count - 1)
    let gap = note.bytes.isEmpty ? "" : last.isEmpty ? ending : ending + ending
    let text = [opening, "", body, "", closing, ""].joined(separator: ending)
    return note.bytes + Array((gap + text).utf8)
  }
}
