/// A template with a word in the place of each placeholder. What the template is (its blocks, its YAML) is read from
/// this; what a value would make of it can then be told from what it was meant to be.
struct MarkedTemplate {
  let bytes: [UInt8]
  /// The words, in the order of the placeholders.
  let marks: [Range<Int>]
  private let placeholders: [Placeholder]
  /// What all the words begin with; nothing in the template does.
  private let stem: String

  init(_ original: [UInt8], _ placeholders: [Placeholder]) {
    self.placeholders = placeholders
    let text = String(decoding: original, as: UTF8.self)
    var stem = "runbookFills"
    while text.contains(stem) { stem += "x" }
    self.stem = stem
    var bytes: [UInt8] = []
    var marks: [Range<Int>] = []
    var done = 0
    for (index, placeholder) in placeholders.enumerated() {
      bytes += original[done..<placeholder.range.lowerBound]
      let start = bytes.count
      bytes += Array(Self.mark(stem, index).utf8)
      marks.append(start..<bytes.count)
      done = placeholder.range.upperBound
    }
    self.bytes = bytes + original[done...]
    self.marks = marks
  }

  private static func mark(_ stem: String, _ index: Int) -> String { "\(stem)\(index)z" }

  /// - Throws: a problem with its place in the template itself.
  func note() throws(NoteProblem) -> Note {
    do throws(NoteProblem) {
      let note = try Note(bytes)
      if let problem = note.problems.first { throw problem }
      return note
    } catch {
      throw NoteProblem(error.message, at: original(error.range), fix: error.fix)
    }
  }

  /// The bytes of the template that a range of the marked text stands for.
  func original(_ range: Range<Int>) -> Range<Int> {
    let start = original(range.lowerBound, isEnd: false)
    return start..<max(start, original(range.upperBound, isEnd: true))
  }

  private func original(_ offset: Int, isEnd: Bool) -> Int {
    var shift = 0
    for (mark, placeholder) in zip(marks, placeholders) {
      if offset < mark.lowerBound || offset == mark.lowerBound { break }
      if offset < mark.upperBound {
        return isEnd ? placeholder.range.upperBound : placeholder.range.lowerBound
      }
      shift += placeholder.range.count - mark.count
    }
    return offset + shift
  }

  /// The text with values in the place of the words.
  func filled(_ text: String, _ values: [String]) -> String {
    guard text.contains(stem) else { return text }
    var result = text
    for (index, value) in values.enumerated() {
      result = Self.replacing(Self.mark(stem, index), with: value, in: result)
    }
    return result
  }

  func holdsMark(_ text: String) -> Bool { text.contains(stem) }

  func refuseMark(in text: String, _ range: Range<Int>) throws(NoteProblem) {
    guard holdsMark(text) else { return }
    throw NoteProblem(
      "what tells of the template can't be filled in itself", at: original(range),
      fix: "write the text")
  }

  private static func replacing(_ word: String, with value: String, in text: String) -> String {
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix(word) {
        result += value
        rest = rest.dropFirst(word.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
