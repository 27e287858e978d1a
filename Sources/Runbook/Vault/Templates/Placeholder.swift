/// What a template leaves to be filled in: `{{title}}`, `{{date:YYYY}}`, `{{NAME}}`.
struct Placeholder: Equatable {
  enum Kind: Equatable {
    case title
    /// Nil: the format that the vault is set to.
    case date(format: String?)
    case time(format: String?)
    case variable(String)
    /// `\{{NAME}}` stands for `{{NAME}}`.
    case escaped
  }

  let kind: Kind
  /// The bytes that give way, a backslash in front included.
  let range: Range<Int>

  /// All of a text, in order. `{{.Names}}`, `{{#if x}}` and whatever else other tools write between braces are none.
  static func all(in bytes: [UInt8]) throws(NoteProblem) -> [Placeholder] {
    var found: [Placeholder] = []
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "{"), let placeholder = try read(bytes, at: index) else {
        index += 1
        continue
      }
      found.append(placeholder)
      index = placeholder.range.upperBound
    }
    return found
  }

  private static func read(_ bytes: [UInt8], at start: Int) throws(NoteProblem) -> Placeholder? {
    guard bytes[start + 1] == UInt8(ascii: "{") else { return nil }
    var end = start + 2
    while end < bytes.count, bytes[end] != UInt8(ascii: "}"), bytes[end] != 10, bytes[end] != 13 {
      end += 1
    }
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "}"),
      bytes[end + 1] == UInt8(ascii: "}")
    else { return nil }
    let text = String(decoding: bytes[start + 2..<end], as: UTF8.self)
    let colon = text.firstIndex(of: ":")
    let name = trimmed(text[..<(colon ?? text.endIndex)])
    guard isName(name) else { return nil }
    if start > 0, bytes[start - 1] == UInt8(ascii: "\\") {
      return Placeholder(kind: .escaped, range: start - 1..<end + 2)
    }
    let range = start..<end + 2
    let format = colon.map { trimmed(text[text.index(after: $0)...]) }
    return Placeholder(kind: try kind(name, format, range), range: range)
  }

  /// Obsidian takes its three words in any case.
  private static func kind(
    _ name: String, _ format: String?, _ range: Range<Int>
  ) throws(NoteProblem) -> Kind {
    switch name.lowercased() {
    case "date": return .date(format: format)
    case "time": return .time(format: format)
    case "title" where format == nil: return .title
    default:
      guard format == nil else {
        throw NoteProblem(
          "{{\(name)}} takes no format", at: range,
          fix: "only date and time do; \\{{ stands for {{ itself")
      }
      return .variable(name)
    }
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "_")
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var part = text
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
