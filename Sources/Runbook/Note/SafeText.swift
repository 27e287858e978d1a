/// Text that may be sent to a terminal: no character in it does more than show itself, but for those that stand in our
/// own sources. A terminal obeys what it is sent, so what comes from outside (a note, an argument, a file's name, a
/// message of the system) becomes such text only by being cleaned, and what prints takes no other.
///
/// A literal is ours. What is inserted into one is cleaned: a control character, an end of line too, and whatever nobody
/// sees stand as `‹U+001B›`. Tabs stay.
///
///     let line: SafeText = "error: no note \(path)\n  fix: look at its name"
public struct SafeText: Sendable, Hashable, CustomStringConvertible {
  public private(set) var description: String

  /// A text from outside, as one line.
  public init(_ text: some StringProtocol) {
    description = Self.cleaned(text) { $0 }
  }

  /// A text from outside in which ends of lines count.
  public init(lines text: String) {
    description = Self.cleaned(text, keepsLines: true) { $0 }
  }

  /// JSON. What would do something stands as an escape, which reads as the same character.
  public init(json text: String) {
    description = Self.cleaned(text, keepsLines: true) { _ in nil }
  }

  public var isEmpty: Bool { description.isEmpty }
  public var utf8: String.UTF8View { description.utf8 }

  /// What follows that beginning; nil where it begins otherwise.
  public func dropping(_ start: SafeText) -> SafeText? {
    guard description.utf8.starts(with: start.utf8) else { return nil }
    var rest = self
    rest.description = String(decoding: utf8.dropFirst(start.utf8.count), as: UTF8.self)
    return rest
  }

  public static func + (left: SafeText, right: SafeText) -> SafeText {
    var sum = left
    sum += right
    return sum
  }

  public static func += (left: inout SafeText, right: SafeText) {
    left.description += right.description
  }

  /// - Parameter mark: what stands for a character, given its mark; nil for its JSON escape.
  private static func cleaned(
    _ text: some StringProtocol, keepsLines: Bool = false, _ mark: (String) -> String?
  ) -> String {
    if isHarmless(text, keepsLines) { return String(text) }
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if keepsLines && scalar == "\n" {
        result.unicodeScalars.append(scalar)
      } else if let shown = HiddenCharacter.shown(scalar, after: previous) {
        result += mark(shown) ?? escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return result
  }

  /// Nearly every text, by a look at its bytes.
  private static func isHarmless(_ text: some StringProtocol, _ keepsLines: Bool) -> Bool {
    text.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 || keepsLines && $0 == 0x0A
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    UTF16.encode(scalar).map { unit in
      unit.map { "\\u" + UInt32($0).digits(4, radix: 16) }.joined()
    } ?? ""
  }
}

extension SafeText: ExpressibleByStringInterpolation {
  /// `StaticString`, which nothing can make of a text from outside.
  public init(stringLiteral text: StaticString) { description = text.description }

  public init(stringInterpolation: Interpolation) { description = stringInterpolation.text }

  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 8)
    }

    public mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

    /// What is safe already.
    public mutating func appendInterpolation(_ part: SafeText) { text += part.description }

    public mutating func appendInterpolation(_ part: some StringProtocol) {
      text += SafeText(part).description
    }

    public mutating func appendInterpolation(_ part: some CustomStringConvertible) {
      text += SafeText(part.description).description
    }

    public mutating func appendInterpolation(_ error: any Error) {
      text += SafeText("\(error)" as String).description
    }
  }
}

extension Sequence<SafeText> {
  public func joined(separator: SafeText = "") -> SafeText {
    var result: SafeText = ""
    var isFirst = true
    for part in self {
      if !isFirst { result += separator }
      result += part
      isFirst = false
    }
    return result
  }
}
