/// The lock that a run holds on a host: `lock_host` in the front matter, by the name in `lock`.
enum HostLock {
  /// A name for a file there.
  static func fileName(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { VariableName.isNameByte($0) || $0 == UInt8(ascii: "-") }
    return isPlain && name.utf8.count <= 60
      ? name : String(ContentDigest.sha256(Array(name.utf8)).prefix(32))
  }

  /// ` by ana on laptop since …, run …`, from the line that its holder left.
  static func holder(_ line: String) -> String {
    let words = line.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return "" }
    return " by \(PlainText.line(String(words[1]))), run \(PlainText.line(String(words[0])))"
  }
}
