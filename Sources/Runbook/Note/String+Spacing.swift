extension String {
  /// Whether its words stand one space apart, with none in front or behind: as most texts of a line do.
  public var isSingleSpaced: Bool {
    var isAfterSpace = true
    for byte in utf8 {
      let isSpace = byte == UInt8(ascii: " ")
      if isSpace, isAfterSpace { return false }
      isAfterSpace = isSpace
    }
    return !isAfterSpace || utf8.isEmpty
  }
}
