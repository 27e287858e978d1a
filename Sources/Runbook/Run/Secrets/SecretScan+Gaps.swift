/// What may stand between two bytes of a secret without hiding it from a reader.
extension SecretScan {
  /// A gap is not longer: what never ends holds nothing up.
  private static let longestGap = 256
  static let escape: UInt8 = 0x1B
  /// What a gap may begin with between any two bytes: a terminal code, the end of a line that is folded there, in mail
  /// with a `=`, in shells with a backslash.
  static let foldGaps: [UInt8] = [escape, 0x0A, 0x0D, UInt8(ascii: "="), UInt8(ascii: "\\")]
  /// And between two bytes of a dump.
  static let blankGaps = Array(" \t:,".utf8)
  static let allGaps = foldGaps + blankGaps
  private static let columnMarks = Array("|>".utf8)

  static let mayBeGap: [Bool] = (0...255).map { (byte: UInt8) in
    foldGaps.contains(byte) || blankGaps.contains(byte) || columnMarks.contains(byte)
  }

  /// Goes through the places at which the next part of a secret may begin behind a gap.
  ///
  /// - Returns: whether there may be others in what follows.
  func forEachEnd(ofGap gaps: SecretForm.Gaps, at start: Int, _ body: (Int) -> Void) -> Bool {
    var index = start
    var isBehindBreak = false
    // Two blanks stand before the text column of a dump.
    var isApart = false
    var isOpen = false
    while index < bytes.count, index - start <= Self.longestGap {
      let byte = bytes[index]
      if let end = Self.endOfBreak(bytes, index) {
        index = end
        isBehindBreak = true
        if gaps >= .columns { isOpen = forEachEnd(ofOffset: index, body) || isOpen }
      } else if byte == Self.escape {
        guard let end = endOfCode(index) else { break }
        index = end
      } else if isBehindBreak && isBlank(byte) || gaps == .blanks && Self.blankGaps.contains(byte) {
        isApart = isApart || index > start && isBlank(byte) && isBlank(bytes[index - 1])
        index += 1
      } else {
        guard gaps == .blanks else { return isOpen || mayBeBreak(index) }
        if isPrefix(index) { body(index + 2) }
        guard isApart || Self.columnMarks.contains(byte) else { return isOpen || mayBeBreak(index) }
        guard let end = endOfLine(index) else { break }
        index = end
        continue
      }
      body(index)
    }
    return isOpen || isOpenGap(start)
  }

  /// Past terminal codes and folds, and the blanks that a folded line begins with.
  func endOfFold(_ start: Int) -> Extent {
    var index = start
    var isBehindBreak = false
    while index < bytes.count, index - start <= Self.longestGap {
      if let end = Self.endOfBreak(bytes, index) {
        index = end
        isBehindBreak = true
      } else if bytes[index] == Self.escape {
        guard let end = endOfCode(index) else { break }
        index = end
      } else if isBehindBreak, isBlank(bytes[index]) {
        index += 1
      } else {
        return mayBeBreak(index) ? .open : index > start ? .matched(index) : .nothing
      }
    }
    return isOpenGap(start) ? .open : .nothing
  }

  /// The text that a dump repeats at the end of its line belongs to what is masked: it shows a part of a secret, with
  /// dots for the rest.
  func endOfDump(_ end: Int) -> Extent {
    guard end < bytes.count else { return isWhole ? .matched(end) : .open }
    guard isBlank(bytes[end]) || isDigit(bytes[end]) else { return .matched(end) }
    guard let line = endOfLine(end) else { return .open }
    let words = bytes[end..<line].split(whereSeparator: isBlank)
    guard let text = words.first(where: { !$0.allSatisfy(isDigit) }) else { return .matched(end) }
    let isColumn = (end + 2...max(end + 2, text.startIndex)).contains { place in
      isBlank(bytes[place - 1]) && isBlank(bytes[place - 2])
    }
    return .matched(isColumn ? line : end)
  }

  // MARK: Pieces

  private func isOpenGap(_ start: Int) -> Bool {
    !isWhole && bytes.count - start <= Self.longestGap
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\\")
  }

  /// Behind the end of a line, with the mark of a fold before it or none.
  static func endOfBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    let place = isMark(bytes[start]) ? start + 1 : start
    guard place < bytes.count, bytes[place] == 0x0A || bytes[place] == 0x0D else { return nil }
    return place + 1
  }

  /// The bytes end with what may be the mark of a fold.
  private func mayBeBreak(_ place: Int) -> Bool {
    !isWhole && place == bytes.count - 1 && Self.isMark(bytes[place])
  }

  /// `0x` and `\x`, in front of a number.
  private func isPrefix(_ place: Int) -> Bool {
    place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "x")
      && (bytes[place] == UInt8(ascii: "0") || bytes[place] == UInt8(ascii: "\\"))
  }

  private func endOfLine(_ start: Int) -> Int? {
    var index = start
    while index < bytes.count, index - start <= Self.longestGap {
      if bytes[index] == 0x0A || bytes[index] == 0x0D { return index }
      index += 1
    }
    return index < bytes.count || isWhole ? index : nil
  }

  /// The place in the file that a line of a dump begins with.
  private func forEachEnd(ofOffset start: Int, _ body: (Int) -> Void) -> Bool {
    var index = start
    while index < bytes.count, index - start <= 16, isDigit(bytes[index]) { index += 1 }
    guard index - start >= 4 else { return index == bytes.count && !isWhole }
    if index < bytes.count, bytes[index] == UInt8(ascii: ":") { index += 1 }
    body(index)
    while index < bytes.count, isBlank(bytes[index]), index - start <= Self.longestGap {
      index += 1
      body(index)
    }
    return index == bytes.count && !isWhole
  }

  /// Where a terminal code ends; nil where it has not come whole.
  private func endOfCode(_ start: Int) -> Int? {
    var index = start + 1
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "]") {
      // To a bell, or to `ESC \`.
      while index < bytes.count {
        if bytes[index] == 0x07 { return index + 1 }
        if bytes[index] == Self.escape { return index + 1 < bytes.count ? index + 2 : nil }
        index += 1
      }
      return nil
    }
    if bytes[index] == UInt8(ascii: "[") { index += 1 }
    while index < bytes.count, (0x20...0x3F).contains(bytes[index]) { index += 1 }
    return index < bytes.count ? index + 1 : nil
  }
}
