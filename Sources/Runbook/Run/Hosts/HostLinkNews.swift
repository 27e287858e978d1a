/// Reads what a follower writes about its connection, line by line as it comes.
struct HostLinkNews {
  private var size: Int64 = 0
  /// How many lines were given out.
  private var count: Int

  /// - Parameter count: how many lines of the file are known already, to an earlier runner say.
  init(after count: Int = 0) { self.count = count }

  struct Line: Equatable {
    let isUp: Bool
    let reason: String
  }

  /// The lines that were added since the last look.
  mutating func next(in folder: StepFolder) -> [Line] {
    guard let now = WholeFile.size(folder.link), now > size,
      let bytes = try? WholeFile.read(folder.link)
    else { return [] }
    size = Int64(bytes.count)
    // Each line is one write, so only whole ones are there.
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst(count)
    count += lines.count
    return lines.map { line in
      let words = line.split(separator: " ", maxSplits: 1)
      return Line(
        isUp: words.first == "back",
        reason: words.count > 1 ? PlainText.line(String(words[1])) : "")
    }
  }
}
