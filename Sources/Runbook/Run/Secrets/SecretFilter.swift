/// Which three bytes a secret may begin with: a log is read at some hundred megabytes a second where none of them are.
struct SecretFilter: Sendable {
  private static let bits = 20
  /// A bit for each value of `hash`: never unset where a form begins so, and seldom set elsewhere.
  private var beginnings: [UInt64]
  /// The same for three bytes that only begin one of `long`, and for those, of four to six bytes.
  private var starts: [UInt64]
  private var long: [UInt64]
  /// A bit for two bytes where a gap may stand behind them, or behind the first of them: there the third says nothing.
  private var folded: [UInt64]
  private var dumped: [UInt64]
  /// What a gap may begin with: 1 in all forms, 2 in dumps.
  private let gaps: [UInt8]
  /// A form that is over after two bytes can begin anywhere.
  private var passesNothing = false

  init(_ forms: [SecretForm]) {
    beginnings = [UInt64](repeating: 0, count: forms.isEmpty ? 0 : 1 << (Self.bits - 6))
    (starts, long) = (beginnings, beginnings)
    folded = [UInt64](repeating: 0, count: forms.isEmpty ? 0 : 1 << 10)
    dumped = folded
    gaps = (0...255).map { (byte: UInt8) in
      SecretScan.foldGaps.contains(byte) ? 1 : SecretScan.blankGaps.contains(byte) ? 2 : 0
    }
    for form in forms { add(form) }
  }

  private mutating func add(_ form: SecretForm) {
    for beginning in form.longBeginnings {
      set(&starts, Self.hash(beginning[0], beginning[1], beginning[2]))
      set(&long, Self.hash(beginning))
      addGaps(beginning, form)
    }
    for beginning in form.beginnings {
      guard beginning.count == 3 else {
        passesNothing = true
        continue
      }
      set(&beginnings, Self.hash(beginning[0], beginning[1], beginning[2]))
      addGaps(beginning, form)
    }
  }

  private mutating func addGaps(_ beginning: [UInt8], _ form: SecretForm) {
    for gap in SecretScan.foldGaps { set(&folded, Self.pair(beginning[0], gap)) }
    set(&folded, Self.pair(beginning[0], beginning[1]))
    guard form.gaps >= .columns else { return }
    // A number may have one digit, and the line of a dump one character.
    if form.parts[0].spellings.contains(where: { $0.count == 1 }) {
      for gap in SecretScan.allGaps where gap != 0x20 || form.gaps == .blanks {
        set(&dumped, Self.pair(beginning[0], gap))
      }
    }
    set(&dumped, Self.pair(beginning[0], beginning[1]))
  }

  /// The next place at which a form may begin; at the end of the bytes, where fewer than three are left, each is one.
  func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if passesNothing { return start }
    return beginnings.withUnsafeBufferPointer { beginnings in
      starts.withUnsafeBufferPointer { starts in
        gaps.withUnsafeBufferPointer { gaps in
          var index = start
          while index + 2 < bytes.count {
            let (first, second, third) = (bytes[index], bytes[index + 1], bytes[index + 2])
            let hash = Self.hash(first, second, third)
            let bit: UInt64 = 1 << UInt64(hash & 63)
            if beginnings[hash >> 6] & bit != 0 { return index }
            if starts[hash >> 6] & bit != 0, mayBeLong(bytes, index) { return index }
            if gaps[Int(second)] | gaps[Int(third)] != 0, mayHoldGap(bytes, index) { return index }
            index += 1
          }
          return index
        }
      }
    }
  }

  private func mayBeLong(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    guard start + 6 <= bytes.count else { return true }
    var hash = UInt32(0)
    for place in 0..<6 {
      hash = Self.mixed(hash, bytes[start + place])
      let bit = Self.reduced(hash)
      if place >= 3, long[bit >> 6] & 1 << UInt64(bit & 63) != 0 { return true }
      // A fold may be anywhere; a backslash may be one of several in front.
      if gaps[Int(bytes[start + place])] == 1,
        place > 0 && bytes[start + place] != UInt8(ascii: "\\") || place > 3
      {
        return true
      }
    }
    return false
  }

  private static func hash(_ beginning: [UInt8]) -> Int {
    reduced(beginning.reduce(UInt32(0), mixed))
  }

  private static func mixed(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 16_777_619
  }

  private static func reduced(_ hash: UInt32) -> Int {
    Int((hash &* 2_654_435_769) >> UInt32(32 - bits))
  }

  private func mayHoldGap(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    let pair = Self.pair(bytes[start], bytes[start + 1])
    let bit: UInt64 = 1 << UInt64(pair & 63)
    if dumped[pair >> 6] & bit != 0 { return true }
    return folded[pair >> 6] & bit != 0 && mayBeFolded(bytes, start)
  }

  /// By the three bytes that are left without folds; where there are terminal codes, it may.
  private func mayBeFolded(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var key = UInt32(bytes[start])
    var index = start + 1
    for _ in 0..<2 {
      while index < bytes.count, let end = SecretScan.endOfBreak(bytes, index) {
        index = end
        // Blanks that the folded line begins with may be the secret's.
        if index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { return true }
      }
      guard index + 1 < bytes.count, bytes[index] != SecretScan.escape else { return true }
      key = key << 8 | UInt32(bytes[index])
      index += 1
    }
    let hash = Self.reduced(key)
    return (beginnings[hash >> 6] | starts[hash >> 6]) & (1 << UInt64(hash & 63)) != 0
  }

  private func set(_ bits: inout [UInt64], _ place: Int) {
    bits[place >> 6] |= 1 << UInt64(place & 63)
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> Int { Int(first) << 8 | Int(second) }

  /// Multiplied by an odd number near the golden ratio of 32 bits, as Fibonacci hashing does.
  private static func hash(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    reduced(UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third))
  }
}
