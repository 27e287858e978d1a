/// A value that a template asks for.
public struct TemplateVariable: Sendable, Equatable, Encodable {
  public let name: String
  /// Nil: it must be given.
  public let defaultValue: String?
  /// What it is, in a few words.
  public let purpose: String?

  enum CodingKeys: String, CodingKey {
    case name
    case defaultValue = "default"
    case purpose
  }

  /// `NAME`, `NAME=default`, either with ` -- what it is` behind it. Nil where that holds no name.
  init?(declaration: String) {
    let (head, purpose) = Self.parted(declaration)
    let equals = head.firstIndex(of: "=")
    let name = String(head[..<(equals ?? head.endIndex)])
    guard Placeholder.isName(name), !Self.taken.contains(name.lowercased()) else { return nil }
    self.name = name
    defaultValue = equals.map { String(head[head.index(after: $0)...]) }
    self.purpose = purpose
  }

  init(undeclared name: String) {
    self.name = name
    defaultValue = nil
    purpose = nil
  }

  /// Obsidian's own words.
  private static let taken = ["title", "date", "time"]

  private static func parted(_ text: String) -> (head: String, purpose: String?) {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index...].hasPrefix(" -- ") {
        var head = text[..<index]
        while head.last == " " { head.removeLast() }
        var purpose = text[index...].dropFirst(4)
        while purpose.first == " " { purpose.removeFirst() }
        return (String(head), String(purpose))
      }
      index = text.index(after: index)
    }
    return (text, nil)
  }
}
