/// What a follower tells of the hosts, line by line as it comes.
struct FleetNews {
  struct Line: Codable, Equatable {
    let host: String
    /// Nil: it has begun.
    var verdict: HostVerdict?
    /// Why it counts as failed, whatever the verdict.
    var problem: String?
    /// Seconds.
    var took: Double = 0
    /// Where its part of the log begins and ends, in bytes.
    var logStart: Int64 = 0
    var logEnd: Int64 = 0
  }

  private var read: Int64 = 0

  /// The lines that were added since the last look.
  mutating func next(in folder: StepFolder) -> [Line] {
    guard let size = WholeFile.size(folder.hosts), size > read,
      let bytes = try? WholeFile.read(folder.hosts, from: read)
    else { return [] }
    // Each line is one write, so only whole ones are there.
    read += Int64(bytes.count)
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      JSONText.decode(Line.self, Array($0))
    }
  }
}
