/// The exact grammar of our inline fields. So strict that a user's own `[at:: Paris]` stays his.
enum ItemGroupGrammar {
  /// No part is longer: bounds the search for its beginning.
  private static let longestPart = 48
  private static let joint = Array(" · ".utf8)

  enum Part {
    case result(ResultWord), exit(Int), took(Double), at(String)

    var rank: Int {
      switch self {
      case .result: 0
      case .exit: 1
      case .took: 2
      case .at: 3
      }
    }
  }

  /// The group that ends at the end of `text`, and where it begins. The longest one: fields that are joined to
  /// others by ` · ` are a group only together.
  static func group(endingAt text: [UInt8]) -> (group: ItemGroup, start: Int)? {
    var end = text.count
    var rank = 4
    var group = ItemGroup(at: "")
    var found: [Int] = []
    while let (part, start) = part(endingAt: end, in: text), part.rank < rank {
      switch part {
      case .result(let word): group.result = word
      case .exit(let status): group.exit = status
      case .took(let seconds): group.took = seconds
      case .at(let time): group.at = time
      }
      // Nothing but `at` ends a group.
      if found.isEmpty, part.rank != 3 { return nil }
      found.append(part.rank)
      rank = part.rank
      end = start
      // A result begins a group, whatever it is joined to.
      guard part.rank > 0, hasJoint(before: end, in: text) else { break }
      end -= joint.count
    }
    guard let last = found.last, last == 0 || found == [3, 2] else { return nil }
    let start = start(of: end, in: text)
    return start.map { (group, $0) }
  }

  /// `end` may stand before a joint whose left side was no part of ours: then the fields belong to the user.
  private static func start(of end: Int, in text: [UInt8]) -> Int? {
    guard end < text.count, text[end] == UInt8(ascii: "[") else { return nil }
    return end
  }

  private static func hasJoint(before end: Int, in text: [UInt8]) -> Bool {
    guard end > joint.count, text[end - joint.count - 1] == UInt8(ascii: "]") else { return false }
    return text[(end - joint.count)..<end].elementsEqual(joint)
  }

  /// The part whose `]` is the byte before `end`.
  static func part(endingAt end: Int, in text: [UInt8]) -> (part: Part, start: Int)? {
    guard end > 0, text[end - 1] == UInt8(ascii: "]") else { return nil }
    var start = end - 2
    let limit = max(0, end - longestPart)
    while start >= limit, text[start] != UInt8(ascii: "[") {
      if text[start] == UInt8(ascii: "]") { return nil }
      start -= 1
    }
    guard start >= limit, let part = part(text[start + 1..<end - 1]) else { return nil }
    return (part, start)
  }

  private static func part(_ text: ArraySlice<UInt8>) -> Part? {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon + 2 < text.endIndex,
      text[colon + 1] == UInt8(ascii: ":"), text[colon + 2] == 0x20
    else { return nil }
    let value = text[(colon + 3)...]
    switch String(decoding: text[..<colon], as: UTF8.self) {
    case "result":
      return ResultWord(rawValue: String(decoding: value, as: UTF8.self)).map { .result($0) }
    case "exit": return exit(value).map { .exit($0) }
    case "took": return DurationText.seconds(value).map { .took($0) }
    case "at": return isTime(value) ? .at(String(decoding: value, as: UTF8.self)) : nil
    default: return nil
    }
  }

  private static func exit(_ text: ArraySlice<UInt8>) -> Int? {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard (1...10).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(String(decoding: text, as: UTF8.self))
  }

  /// `HH:MM:SS` or `YYYY-MM-DD HH:MM:SS`.
  static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    let form = text.count == 8 ? "00:00:00" : "0000-00-00 00:00:00"
    return matches(text, form)
  }

  /// Whether a text has a form in which `0` stands for any digit and `x` for a hexadecimal one.
  static func matches(_ text: ArraySlice<UInt8>, _ form: String) -> Bool {
    guard text.count == form.utf8.count else { return false }
    return zip(text, form.utf8).allSatisfy { byte, expected in
      switch expected {
      case UInt8(ascii: "0"): (0x30...0x39).contains(byte)
      case UInt8(ascii: "x"): (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      default: byte == expected
      }
    }
  }
}
