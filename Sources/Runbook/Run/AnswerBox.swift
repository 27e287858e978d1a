import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Answers to questions as files of the run's folder, each made exclusively: the first one counts, whichever
/// terminal, note or command it comes from.
public struct AnswerBox: Sendable {
  private let folder: String

  public init(_ run: RunFolder) { folder = run.answers }

  /// False where another answer was first.
  public func put(_ answer: Masked<Answer>, to topic: Question.Topic) throws -> Bool {
    let bytes = Array(try JSONText.encode(answer.value, isPretty: false).utf8)
    let path = path(topic)
    let draft = "\(path).\(getpid())"
    unlink(draft)
    try WholeFile.write(bytes, to: draft, mode: 0o600)
    defer { unlink(draft) }
    // A link, not a rename: it fails where the name is taken, and the file is whole from the start.
    if link(draft, path) == 0 {
      try WholeFile.syncFolder(folder)
      return true
    }
    guard errno == EEXIST else { throw SystemError("link", path: path) }
    return false
  }

  public func answer(to topic: Question.Topic) -> Answer? {
    guard let bytes = try? WholeFile.read(path(topic), limit: 1 << 20) else { return nil }
    return JSONText.decode(Answer.self, bytes)
  }

  /// They may be asked again.
  func forget(_ topics: [Question.Topic]) throws(SystemError) {
    for topic in topics { unlink(path(topic)) }
    try WholeFile.syncFolder(folder)
  }

  private func path(_ topic: Question.Topic) -> String {
    let numbers = [topic.block, topic.attempt, topic.round].map { $0.map { "\($0)" } ?? "" }
    let words = [topic.kind.rawValue, topic.step?.text ?? ""] + numbers
    let name = ContentDigest.sha256(Array(words.joined(separator: "\n").utf8)).prefix(24)
    return "\(folder)/\(topic.kind.rawValue)-\(name)"
  }
}
