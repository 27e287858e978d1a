/// A link to a note, by its path in the vault: a name alone leads to another note as soon as there are two of it.
public struct NoteLink: Sendable, Equatable {
  /// From the vault's root, without `.md`.
  public let target: String

  /// - Parameter path: from the vault's root, `shop/Deploy.md`.
  public init(to path: String) { target = NoteName.title(of: path) }

  /// Reads a property that holds a link, or a path where there can be none: `[[shop/Deploy|Deploy]]`, `a#b.md`.
  /// Obsidian rewrites links when notes move.
  public init(property: String) {
    guard property.hasPrefix("[["), property.hasSuffix("]]") else {
      target = NoteName.title(of: property)
      return
    }
    let inside = property.dropFirst(2).dropLast(2)
    let path = inside.split(separator: "|", omittingEmptySubsequences: false).first ?? inside
    target = NoteName.title(of: String(path))
  }

  public var path: String { "\(target).md" }
  /// What people call the note.
  public var title: String { FilePath.name(of: target) }

  /// Obsidian knows no way to write these in a link, also none that is encoded.
  private static let signs = Set("#^[]|\\".unicodeScalars)

  /// What in the path keeps a link from leading to the note; nil where one can.
  public var obstacle: String? {
    if let sign = target.unicodeScalars.first(where: Self.signs.contains) { return "“\(sign)”" }
    if let pair = ["%%", "<%"].first(where: target.contains) { return "“\(pair)”" }
    let isPlain = target.unicodeScalars.allSatisfy {
      switch $0.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    let parts = target.split(separator: "/", omittingEmptySubsequences: false)
    let isTrimmed = parts.allSatisfy { $0.first != " " && $0.last != " " }
    return isPlain ? isTrimmed ? nil : "a space at an end" : "a line break"
  }

  /// `[[shop/Deploy|Deploy]]`; nil where no link leads there.
  ///
  /// - Parameters:
  ///   - words: in place of the note's name.
  ///   - isInTable: there the mark between a link and its words needs a backslash.
  public func text(_ words: String? = nil, isInTable: Bool = false) -> String? {
    guard obstacle == nil else { return nil }
    let words = words ?? title
    return words == target ? "[[\(target)]]" : "[[\(target)\(isInTable ? "\\" : "")|\(words)]]"
  }

  /// The link, or the path where there can be none.
  public var property: String { text() ?? path }
}
