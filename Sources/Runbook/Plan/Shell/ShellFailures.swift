/// The failing commands that a strict shell has told of, in their order: each has a status, a line, and the number of
/// subshells around it.
struct ShellFailures: Sendable, Codable, Equatable {
  struct Failure: Sendable, Codable, Equatable {
    let status: Int
    /// Of the script, 1-based.
    let line: Int
    let depth: Int
  }

  private(set) var all: [Failure] = []
  var isEmpty: Bool { all.isEmpty }

  /// The last of them, at most: a loop may have let thousands pass.
  static let most = 20

  init() {}

  /// - Parameter text: lines such as `1 41 0`. Anybody may have written them: what is none is passed over.
  init(_ text: some StringProtocol) {
    for line in text.split(whereSeparator: \.isNewline).suffix(Self.most) { add(line) }
  }

  mutating func add(_ line: some StringProtocol) {
    let numbers = line.split(separator: " ").map { Int($0) }
    guard numbers.count == 3, let status = numbers[0], let line = numbers[1],
      let depth = numbers[2],
      (1...255).contains(status), line > 0, (0...1000).contains(depth)
    else { return }
    all.append(Failure(status: status, line: line, depth: depth))
    if all.count > Self.most { all.removeFirst() }
  }

  /// The line of the command that ended the script with that status: the innermost that is sure to have.
  func line(endingWith status: Int, in outline: ScriptOutline?) -> Int? {
    guard let last = all.last, last.depth == 0, last.status == status else { return nil }
    guard let outline else { return last.line }
    let statement = outline.statement(around: last.line)
    var line = statement.lowerBound
    var depth = 0
    for failure in all.dropLast().reversed() {
      // One that was let pass, as in `echo $(false)`, has nothing to do with it.
      guard failure.status == status, failure.depth > depth,
        outline.reaches(failure.line, from: statement)
      else { break }
      depth = failure.depth
      line = outline.statement(around: failure.line).lowerBound
    }
    return line
  }
}
