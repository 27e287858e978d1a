/// Text with `$NAME` or `${NAME}` in it; `$$` is one `$`. Expanded as a value, never by a shell.
public struct Template: Sendable, Equatable {
  public enum Part: Sendable, Equatable {
    case text(String)
    case variable(String)
  }

  public let parts: [Part]
  /// As it was written.
  public let source: String
  /// A `$` that is neither `$NAME`, `${NAME}` nor `$$`: something that only a shell would expand.
  public let hasStrayDollar: Bool

  public init(_ source: String) {
    self.source = source
    var parts: [Part] = []
    var text = ""
    var rest = source[...]
    var hasStrayDollar = false
    while let character = rest.first {
      guard character == "$", let (name, after) = Self.variable(in: rest.dropFirst()) else {
        let isEscape = rest.hasPrefix("$$")
        if character == "$", !isEscape { hasStrayDollar = true }
        text.append(character)
        rest = rest.dropFirst(isEscape ? 2 : 1)
        continue
      }
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts.append(.variable(name))
      rest = after
    }
    if !text.isEmpty { parts.append(.text(text)) }
    self.parts = parts
    self.hasStrayDollar = hasStrayDollar
  }

  private static func variable(in rest: Substring) -> (String, Substring)? {
    let isBraced = rest.first == "{"
    let inner = isBraced ? rest.dropFirst() : rest
    let name = inner.prefix { $0.utf8.allSatisfy(VariableName.isNameByte) }
    guard VariableName.isValid(name) else { return nil }
    let after = inner.dropFirst(name.count)
    guard isBraced else { return (String(name), after) }
    guard after.first == "}" else { return nil }
    return (String(name), after.dropFirst())
  }

  public var variables: [String] {
    parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
  }

  /// A name without a value becomes nothing.
  public func expanded(_ value: (String) -> String?) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .variable(let name): value(name) ?? ""
      }
    }.joined()
  }
}
