/// What a run writes into a note. Pure values; text from outside is already masked.
public struct NoteMarks: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    /// Index in `Note.tasks` of the note without marks.
    public var task: Int
    public var group: ItemGroup
    /// Success: an empty box gets its `x`. Other boxes are left as they are.
    public var ticks: Bool

    public init(task: Int, group: ItemGroup, ticks: Bool) {
      self.task = task
      self.group = group
      self.ticks = ticks
    }
  }

  public struct Property: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
      /// Quoted where YAML would read it as something else.
      case text(String)
      /// A number or a date, as it stands.
      case literal(String)
    }

    /// One of `NoteMarks.propertyNames`.
    public var name: String
    public var value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// The properties that a run owns in a note.
  public static let propertyNames = RunProperty.names

  public var items: [Item]
  public var region: RunRegion?
  /// In order, `run_id` among them: by it strip knows them.
  public var properties: [Property]

  public init(items: [Item] = [], region: RunRegion? = nil, properties: [Property] = []) {
    self.items = items
    self.region = region
    self.properties = properties
  }
}
