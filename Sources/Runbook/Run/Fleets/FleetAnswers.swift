#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads what came of hosts, line by line as it comes. The file outlives Ansible and the follower.
struct FleetAnswers {
  struct Place: Sendable, Equatable {
    /// A line for each beginning and each end of a host.
    let lines: String
    /// What the hosts printed.
    let folder: String

    init(in folder: String) {
      lines = folder + "/answers.jsonl"
      self.folder = folder + "/answers"
    }

    func remove() {
      unlink(lines)
      try? RunFolder(path: folder).remove()
    }
  }

  enum News {
    /// Ansible has come to the host; of the block nothing is known yet.
    case began(String)
    /// The block runs on a host.
    case runs
    case ended(FleetAnswer)
    /// Ansible itself gave the host up.
    case refused(String, String)
  }

  private struct Line: Decodable {
    let host: String
    let began: Bool?
    let runs: Bool?
    let file: String?
    let word: String?
    let status: Int32?
    let took: Double?
    let message: String?
  }

  private let place: Place
  private var read: Int64 = 0

  init(_ place: Place) { self.place = place }

  /// What was added since the last look.
  mutating func next() -> [News] {
    guard let size = WholeFile.size(place.lines), size > read,
      let bytes = try? WholeFile.read(place.lines, from: read)
    else { return [] }
    // Each line is one write, so only whole ones are there.
    read += Int64(bytes.count)
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
      JSONText.decode(Line.self, Array(bytes)).flatMap(news)
    }
  }

  private func news(_ line: Line) -> News? {
    if line.began == true { return .began(line.host) }
    if line.runs == true { return .runs }
    if let message = line.message { return .refused(line.host, PlainText.line(message)) }
    guard let file = line.file, let word = line.word, let status = line.status else { return nil }
    let paths = [".out", ".err"].map { "\(place.folder)/\(file)\($0)" }
    let output = (try? WholeFile.read(paths[0])) ?? []
    let errors = (try? WholeFile.read(paths[1])) ?? []
    return .ended(
      FleetAnswer(
        host: line.host, word: word, status: status, took: line.took ?? 0, output: output,
        errors: errors))
  }
}
