/// One way in which a program may print a secret: its parts one after another, each in one of some spellings.
struct SecretForm {
  /// A character of the secret, a byte of a dump, a character of base64.
  struct Part {
    /// A single byte that may stand for it.
    let byte: ByteSet
    /// Several bytes that may stand for it; each is one of a set.
    let spellings: [[ByteSet]]
    /// What several bytes of it may begin with.
    let firsts: ByteSet

    init(byte: ByteSet = ByteSet([]), spellings: [[ByteSet]] = []) {
      self.byte = byte
      self.spellings = spellings
      firsts = spellings.reduce(into: ByteSet([])) { firsts, spelling in
        if let first = spelling.first { firsts.formUnion(first) }
      }
    }
  }

  /// What may stand between two parts without hiding the secret from a reader. Terminal codes and folded lines may stand
  /// between any two bytes of it.
  enum Gaps: Comparable {
    case folds
    /// Line ends with the text column and the next line's offset, as in a dump.
    case columns
    /// Blanks, colons, commas and `0x` too, as between the bytes of a dump.
    case blanks
  }

  let parts: [Part]
  var gaps = Gaps.folds
  /// The last part has bits of what follows the secret as well, and may be missing.
  var hasOptionalEnd = false

  /// The first bytes that it may have, three or all, gaps left aside; but for those in `longBeginnings`.
  var beginnings: Set<[UInt8]> {
    var result = Set<[UInt8]>()
    extend([], from: 0, &result)
    return result
  }

  /// Where the first part has a long spelling, up to six bytes of it: three, as of `\u0041`, tell too little.
  var longBeginnings: Set<[UInt8]> {
    Set(
      (parts.first?.spellings ?? []).filter(Self.isLong).flatMap { spelling in
        Self.all(of: Array(spelling.prefix { $0.count <= 2 }.prefix(6)))
      })
  }

  private static func isLong(_ spelling: [ByteSet]) -> Bool {
    spelling.count >= 4 && spelling.prefix(4).allSatisfy { $0.count <= 2 }
  }

  private static func all(of letters: some Sequence<ByteSet>) -> [[UInt8]] {
    letters.reduce([[]]) { all, letter in
      all.flatMap { start in letter.bytes.map { start + [$0] } }
    }
  }

  private func extend(_ beginning: [UInt8], from part: Int, _ result: inout Set<[UInt8]>) {
    let isOver = part == parts.count || (hasOptionalEnd && part == parts.count - 1)
    if beginning.count == 3 || isOver { result.insert(beginning) }
    guard beginning.count < 3, part < parts.count else { return }
    for spelling in [[parts[part].byte]] + parts[part].spellings
    where part > 0 || !Self.isLong(spelling) {
      for start in Set(Self.all(of: spelling.prefix(3 - beginning.count))) {
        extend(beginning + start, from: part + 1, &result)
      }
    }
  }
}
