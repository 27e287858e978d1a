/// Texts that do more than show themselves: for the clipboard, the window's title, the screen, the keyboard, the order
/// of letters, the width of a line.
public enum TerminalCodes {
  public static let all = [
    "\u{1B}]52;c;c2FtcGxl\u{7}", "\u{1B}]0;title\u{7}", "\u{1B}[2J\u{1B}[H", "\u{1B}[?1049h",
    "\u{1B}P+q544e\u{1B}\\", "\u{1B}]8;;http://x\u{1B}\\l\u{1B}]8;;\u{1B}\\", "\u{1B}c", "\u{9B}2J",
    "\u{9D}0;t\u{9C}", "\u{90}q\u{9C}", "\u{7}", "\u{8}\u{8}", "\u{202E}txt\u{202C}", "z\u{200B}w",
    "t\u{E0041}g", "\u{7F}", "\u{1B}[5i", "\u{1B}_G\u{1B}\\", "n\u{200D}n", "n\u{200C}n",
    "n\u{FE00}",
    "\u{2066}i\u{2069}", "\u{3164}", "\u{FFA0}", "\u{115F}", "\u{FFF9}a\u{FFFA}b\u{FFFB}", "\u{85}",
    "\u{2028}", "\u{FEFF}", "\u{AD}", "\u{E0100}", "\u{1D173}", "\u{C}", "\u{B}",
  ]

  /// As bytes, with those that are no UTF-8: C1 codes as they are, sequences that are cut, too long or surrogates.
  public static let bytes =
    all.map { Array($0.utf8) } + [
      [0x9B, 0x32, 0x4A], [0x9D, 0x30, 0x3B, 0x74, 0x9C], [0x90], [0x85], [0xC2], [0xE2, 0x80],
      [0xC0, 0x9B], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0x0D], [0x00],
    ]

  public static let together = all.joined(separator: "a")
}
