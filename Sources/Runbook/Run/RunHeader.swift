/// What a run is a run of, and on whose behalf: the first event of its journal.
public struct RunHeader: Sendable, Codable, Equatable {
  public struct ParameterValue: Sendable, Codable, Equatable {
    public let name: String
    /// Nil for a secret, and for a value that holds one.
    public let value: String?
    public let source: ParameterSource
    /// The run's `values` have it: it is no secret, and holds one.
    private(set) var isWithheld: Bool?

    /// The same without the value.
    var withheld: ParameterValue {
      var parameter = ParameterValue(name: name, value: nil, source: source)
      parameter.isWithheld = true
      return parameter
    }

    public init(name: String, value: String?, source: ParameterSource) {
      self.name = name
      self.value = value
      self.source = source
    }
  }

  public let id: RunID
  /// Its place in the order in which this machine's runs began; nil of runs from before there was one.
  public let order: Int64?
  /// The real path of the note.
  public let note: String
  /// Where the vault shows the note; nil of runs from before that was written down.
  public let place: NotePlace?
  /// The note as the user named it.
  public let file: String
  public private(set) var title: String
  public let section: String?
  public let digest: String
  public let user: String
  public let machine: String
  public let version: String
  public private(set) var parameters: [ParameterValue]
  public let options: RunOptions
  /// The path at which people see the note: its own, or that of a link to it in the vault.
  public var shownPath: String { place?.fullPath ?? note }
  /// The note's name without the section.
  public var noteTitle: String { NoteName.title(of: FilePath.name(of: note)) }

  /// Where blocks run that name no folder: an absolute path.
  public let folder: String
  /// What the plan was made with besides the parameters.
  public let choices: PlanChoices
  /// What a later runner restores.
  public let surroundings: Surroundings
  /// Of the repository at `folder`; nil where there is none.
  public let commit: Commit?
  /// Not nil: a later rollback of another run, from where that one ended.
  public private(set) var undoes: Undoing?
  /// The run that the blocks belong to: what they made is named after it, and is found by that name.
  public var made: RunID { undoes?.run ?? id }

  public init(
    id: RunID, order: Int64? = nil, note: String, place: NotePlace? = nil, file: String,
    title: String, section: String?, digest: String,
    user: String, machine: String, version: String, parameters: [ParameterValue],
    options: RunOptions, folder: String, commit: Commit?, choices: PlanChoices = PlanChoices(),
    surroundings: Surroundings = Surroundings(environment: [:], umask: 0o022)
  ) {
    self.id = id
    self.order = order
    self.note = note
    self.place = place
    self.file = file
    self.title = title
    self.section = section
    self.digest = digest
    self.user = user
    self.machine = machine
    self.version = version
    self.parameters = parameters
    self.options = options
    self.folder = folder
    self.commit = commit
    self.choices = choices
    self.surroundings = surroundings
  }

  func with(title: String, parameters: [ParameterValue]) -> RunHeader {
    var header = self
    header.title = title
    header.parameters = parameters
    return header
  }

  /// Of a later rollback of this run: with what its blocks ran with.
  public func undone(
    _ undoing: Undoing, as id: RunID, order: Int64? = nil, user: String, machine: String,
    version: String
  ) -> RunHeader {
    var header = RunHeader(
      id: id, order: order, note: note, place: place, file: file, title: title, section: section,
      digest: digest, user: user,
      machine: machine, version: version, parameters: parameters, options: options, folder: folder,
      commit: commit, choices: choices, surroundings: surroundings)
    header.undoes = undoing
    return header
  }
}
