/// All that a plan depends on besides the note itself, so that planning touches no file, clock or process.
public struct PlanRequest: Sendable {
  /// The note as the user named it; stands in front of diagnostics.
  public var file: String
  public var title: String
  /// Only this section (`exec 'N.md#Heading'`); beats the front matter's `steps:`.
  public var section: String?
  /// `--set NAME=value`, in order.
  public var assignments: [Assignment] = []
  public var environment: [String: String] = [:]
  public var choices = PlanChoices()
  /// The note lies in an Obsidian vault, where commands that write into their folder would fill it.
  public var isInVault = false

  /// `.runbook.yml` at the vault's root, where there is one.
  public var vaultDefaults: VaultDefaults?

  /// The notes that the note embeds, as they were read.
  public var embeds = EmbeddedNotes()

  /// Nothing is to be run: a parameter that must be given may be missing.
  public var isChecking = false

  /// Whether the plan says what it could execute, and has a digest of it. Nobody asks of a plan that is not kept.
  public var listsExecutable = true

  public struct Assignment: Sendable, Equatable, Codable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(file: String, title: String) {
    self.file = file
    self.title = title
  }
}
