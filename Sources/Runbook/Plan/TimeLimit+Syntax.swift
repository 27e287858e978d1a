extension TimeLimit {
  public static let syntaxHelp = "write 90 (seconds), 90s, 10m, 1h30m, 10 min, 1d or none"

  /// Reads `90`, `90s`, `10m`, `1h30m`, `10 min`, `1d`, `none`; a bare number is seconds. Nil for anything
  /// else, negative and endless values included: a year is the longest.
  public init?(_ text: String) {
    guard let trimmed = Self.joined(text.lowercased()), !trimmed.isEmpty else { return nil }
    if trimmed == "none" {
      self = .none
      return
    }
    if let bare = Self.number(trimmed) {
      self.init(total: bare)
      return
    }
    self.init(units: trimmed)
  }

  /// Without white space, which may part a number from a unit, but neither from its like: `5 6` is no 56.
  private static func joined(_ text: String) -> String? {
    var result = ""
    var isParted = false
    for character in text {
      guard character != " " else {
        isParted = true
        continue
      }
      if isParted, let last = result.last, last.isLetter == character.isLetter { return nil }
      isParted = false
      result.append(character)
    }
    return result
  }

  private init?(units text: String) {
    var rest = Substring(text)
    var total = 0.0
    var largest = Double.infinity
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      // Each unit once and in falling order: `1m1h` is a slip of the pen.
      guard let value = Self.number(String(digits)), let scale = Self.scale[String(unit)],
        scale < largest
      else { return nil }
      largest = scale
      total += value * scale
    }
    self.init(total: total)
  }

  private init?(total: Double) {
    guard total >= 0, total <= 366 * 86_400 else { return nil }
    self = .seconds(total)
  }

  private static let scale: [String: Double] = [
    "ms": 0.001, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "m": 60, "min": 60,
    "mins": 60, "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600,
    "d": 86_400, "day": 86_400, "days": 86_400,
  ]

  private static func number(_ text: String) -> Double? {
    guard let first = text.first, first.isNumber, text.allSatisfy({ $0.isASCII }),
      text.allSatisfy({ $0.isNumber || $0 == "." })
    else { return nil }
    return Double(text)
  }
}
