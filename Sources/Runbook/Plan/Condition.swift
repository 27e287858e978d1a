/// The test of `if=`: `NAME`, `!NAME`, `NAME=value`, `NAME!=value`. A name that is unset counts as empty.
public struct Condition: Sendable, Equatable {
  public enum Test: Sendable, Equatable {
    case isSet
    case isEmpty
    case equals(String)
    case differs(String)
  }

  public let name: String
  public let test: Test

  public init?(_ text: String) {
    if let position = text.firstIndex(of: "=") {
      let value = String(text[text.index(after: position)...])
      let left = text[..<position]
      test = left.hasSuffix("!") ? .differs(value) : .equals(value)
      name = String(left.hasSuffix("!") ? left.dropLast() : left)
    } else {
      test = text.hasPrefix("!") ? .isEmpty : .isSet
      name = String(text.hasPrefix("!") ? text.dropFirst() : text[...])
    }
    guard VariableName.isValid(name) else { return nil }
  }

  public func holds(_ value: (String) -> String?) -> Bool {
    let actual = value(name) ?? ""
    return switch test {
    case .isSet: !actual.isEmpty
    case .isEmpty: actual.isEmpty
    case .equals(let expected): actual == expected
    case .differs(let unexpected): actual != unexpected
    }
  }

  /// Why a step is skipped, for the record.
  public var reasonWhenFalse: String {
    switch test {
    case .isSet: "\(name) is empty"
    case .isEmpty: "\(name) is set"
    case .equals(let value): "\(name) is not \(value)"
    case .differs(let value): "\(name) is \(value)"
    }
  }
}
