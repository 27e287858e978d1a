/// A task item of the note that is to be done.
public struct Step: Sendable {
  /// Why a step isn't run, known before the run.
  public enum Exclusion: Sendable, Equatable {
    /// The user ticked or cancelled its box.
    case byHand
    /// `--skip`, `--only` or `--from`; the reason in words.
    case notSelected(String)
  }

  public let id: StepID
  /// `1.2`: the second child of the first step.
  public let number: String
  /// The item's text without marks, fields, tags and attributes.
  public private(set) var title: String
  /// The embedded note that it is a step of; nil: the note that is run.
  public let origin: NoteSource?
  /// The note that its text embeds, and whose steps are its first children.
  public let embeds: NoteSource?
  /// 1-based, in its note.
  public let line: Int
  /// The nearest heading above it.
  public private(set) var phase: String?
  public private(set) var blocks: [Block]
  /// Indices in `Plan.steps`.
  public private(set) var children: [Int]
  /// Index in `Plan.steps`.
  public let parent: Int?
  public let depth: Int
  public private(set) var exclusion: Exclusion?
  /// By `--skip`, `--only` or `--from`, also where its box was set by hand.
  public private(set) var isLeftOut = false
  public let condition: Condition?
  public let confirm: Template?
  /// What a failure leads to where there is no block to say so: a manual step answered with no.
  public let onError: ErrorPolicy
  /// What its children have as their defaults.
  let inherited: AttributeSet

  /// For where the steps around it are not seen: a step of an embedded note has that in front.
  public var fullTitle: String { origin.map { "\($0.title) › \(title)" } ?? title }

  /// A person does it.
  public var isManual: Bool { blocks.isEmpty && children.isEmpty }
  public var isByHand: Bool { exclusion == .byHand }

  /// The blocks of a role, as indices in `blocks`, in the order of the note.
  public func blocks(_ role: BlockRole) -> [Int] {
    blocks.indices.filter { blocks[$0].role == role }
  }

  /// No block on the way forward may take longer. What undoes or cleans up keeps the time that its author gave it.
  func limited(to longest: TimeLimit) -> Step {
    var copy = self
    for index in blocks.indices where blocks[index].role.isForward {
      copy.blocks[index].options.timeout = blocks[index].options.timeout.atMost(longest)
    }
    return copy
  }

  func with(children: [Int]) -> Step {
    var copy = self
    copy.children = children
    return copy
  }

  /// The same with other words in all that is shown of it.
  func showing(_ change: (String) -> String) -> Step {
    var copy = self
    copy.title = change(title)
    copy.phase = phase.map(change)
    copy.blocks = blocks.map { $0.showing(change) }
    return copy
  }

  /// A box that was set by hand stays the reason.
  func excluding(_ reason: String?) -> Step {
    guard let reason else { return self }
    var copy = self
    copy.isLeftOut = true
    if exclusion == nil { copy.exclusion = .notSelected(reason) }
    return copy
  }
}
