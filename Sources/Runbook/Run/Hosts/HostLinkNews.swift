/// Reads what a follower writes about its connection, line by line as it comes.
struct HostLinkNews {
  private var read: Int64 = 0

  struct Line: Equatable {
    let isUp: Bool
    let reason: String
  }

  /// The lines that were added since the last look.
  mutating func next(in folder: StepFolder) -> [Line] {
    guard let size = WholeFile.size(folder.link), size > read,
      let bytes = try? WholeFile.read(folder.link, from: read)
    else { return [] }
    // Each line is one write, so only whole ones are there.
    read += Int64(bytes.count)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      let words = line.split(separator: " ", maxSplits: 1)
      return Line(
        isUp: words.first == "back",
        reason: words.count > 1 ? PlainText.line(String(words[1])) : "")
    }
  }
}
