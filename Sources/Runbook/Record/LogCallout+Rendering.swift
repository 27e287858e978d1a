extension LogCallout {
  /// The callout's lines, without line endings.
  ///
  /// - Parameter mark: what strip knows it by; nil in a record note, which is never stripped.
  func rendered(mark: String?) -> [String] {
    let text = lines.map(MarkText.log)
    let fence = String(repeating: "`", count: max(3, Self.longestBacktickRun(text) + 1))
    let header = Self.header(type, mark: mark, fold: isFolded ? "-" : "+", title)
    return [header, "> \(fence)\(language)"]
      + text.map { $0.isEmpty ? ">" : "> " + $0 } + ["> \(fence)"]
  }

  static func header(_ type: String, mark: String?, fold: String, _ title: String) -> String {
    let title = MarkText.title(title)
    let metadata = mark.map { "|" + $0 } ?? ""
    return "> [!\(type)\(metadata)]\(fold)\(title.isEmpty ? "" : " " + title)"
  }

  private static func longestBacktickRun(_ lines: [String]) -> Int {
    var longest = 0
    for line in lines {
      var run = 0
      for byte in line.utf8 {
        run = byte == UInt8(ascii: "`") ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return longest
  }
}
