/// The marks of ours that a note carries.
public struct OwnMarks: Sendable, Equatable {
  public struct Group: Sendable, Equatable {
    public let group: ItemGroup
    /// 0-based line of the list item.
    public let line: Int
    /// Index in `Note.tasks`; nil where the item has no box (any more).
    public let task: Int?
    /// The group's bytes, with the space before it.
    public let range: Range<Int>
  }

  public struct Region: Sendable, Equatable {
    /// 0-based.
    public let lines: ClosedRange<Int>
    /// The ids of the runs, in order, each once.
    public let runs: [String]
    /// How many callouts of it sum a run up.
    public let summaries: Int
  }

  public let groups: [Group]
  public let regions: [Region]
  /// The `run_id` in the note's properties, where it is ours.
  public let propertyRun: String?
  /// Ticked tasks (index in `Note.tasks`) that hold a piece of a group, wrapped or edited: the tick may be ours,
  /// so that it must not pass for one made by hand.
  public let tornTasks: [Int]

  public var isEmpty: Bool { groups.isEmpty && regions.isEmpty && propertyRun == nil }

  /// All runs named, each once. More than one, or `hasTwoRuns`, is a merge gone wrong.
  public var runs: [String] {
    var runs = regions.flatMap(\.runs)
    if let propertyRun { runs.append(propertyRun) }
    var seen: Set<String> = []
    return runs.filter { seen.insert($0).inserted }
  }

  public var hasTwoRuns: Bool { runs.count > 1 || regions.reduce(0) { $0 + $1.summaries } > 1 }
}
