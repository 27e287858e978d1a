/// A way to deploy, and what is expected of it: an entry of a note's property `modes`,
/// `Workflow-Quick, 2m, corrections`.
public struct ComparedMode: Sendable, Equatable {
  public struct Problem: Error, Equatable {
    public let message: String
  }

  /// The path of its note without `.md`.
  public private(set) var workflow: String
  /// As written.
  public let expected: String
  public let seconds: Double
  public let use: String

  init(_ text: String) throws(Problem) {
    let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      .map { String($0).trimmingSpaces }
    guard parts.count == 3, !parts[0].isEmpty, case .seconds(let seconds)? = TimeLimit(parts[1])
    else {
      throw Problem(
        message: "“\(text)” in modes is not a workflow, its expected time and its use, "
          + "as in: Workflow-Quick, 2m, corrections")
    }
    workflow = parts[0]
    expected = parts[1]
    self.seconds = seconds
    use = parts[2]
  }

  /// With the note's path as the vault has it.
  public func locating(_ path: (String) -> String) -> ComparedMode {
    var found = self
    found.workflow = path(workflow)
    return found
  }

  /// Those that a note names; none where it has no such property.
  public static func all(in note: Note) throws(Problem) -> [ComparedMode] {
    var modes: [ComparedMode] = []
    let entry = note.frontMatter?.entries.first { $0.key == "modes" }
    for text in entry?.value.words ?? [] { modes.append(try ComparedMode(text)) }
    return modes
  }
}
