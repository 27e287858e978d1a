/// What a run of a note will do: an immutable value.
public struct Plan: Sendable {
  /// The note's name, or `Name › Heading` for one section.
  public private(set) var title: String
  /// The note as the user named it.
  public let file: String
  public private(set) var parameters: [Parameter]
  /// A parent before its children, in the order of the note.
  public private(set) var steps: [Step]
  /// Indices in `steps` of those at top level.
  public let roots: [Int]
  public let settings: Settings
  /// All that can execute, as written; ticks, logs and prose are no part of it.
  public let executable: [ExecutablePart]
  /// A hash of that.
  public let digest: String

  private let indices: [StepID: Int]

  init(
    title: String, file: String, parameters: [Parameter], steps: [Step], settings: Settings,
    executable: [ExecutablePart]
  ) {
    self.title = title
    self.file = file
    self.parameters = parameters
    self.steps = steps
    self.settings = settings
    self.executable = executable
    digest = ContentDigest.sha256(Array(executable.map(\.digest).joined().utf8))
    roots = steps.indices.filter { steps[$0].parent == nil }
    indices = [StepID: Int](minimumCapacity: steps.count).merging(
      zip(steps.lazy.map(\.id), steps.indices), uniquingKeysWith: { first, _ in first })
    let capturing = Array(steps.lazy.flatMap(\.blocks).filter { $0.options.capture != nil })
    captureNames = Set(capturing.compactMap(\.options.capture)).sorted()
    fleetCaptures = Set(capturing.filter(\.options.isFleet).compactMap(\.options.capture)).sorted()
    alwaysBlocks = steps.flatMap { step in
      step.exclusion == nil ? step.blocks(.always).map { BlockRef(step: step.id, index: $0) } : []
    }
  }

  /// The blocks that run at the very end, in the order of the note.
  public let alwaysBlocks: [BlockRef]
  /// The variables that blocks set by `capture=`.
  public let captureNames: [String]
  /// Those of them that have a value for each host of a group.
  public let fleetCaptures: [String]

  /// The blocks that may run on groups of hosts, in the order of the note.
  var fleetBlocks: [Block] {
    steps.lazy.filter { $0.exclusion == nil }.flatMap(\.blocks).filter(\.options.isFleet)
  }
  var needsFleets: Bool {
    steps.contains { $0.exclusion == nil && $0.blocks.contains(where: \.options.isFleet) }
  }

  /// The same with other words in all that is shown of it: to be looked at, not to be run.
  func showing(_ change: (String) -> String) -> Plan {
    var copy = self
    copy.title = change(title)
    copy.parameters = parameters.map {
      Parameter(
        name: $0.name, value: $0.value.map(change), source: $0.source, isSecret: $0.isSecret)
    }
    copy.steps = steps.map { $0.showing(change) }
    return copy
  }

  public func index(of id: StepID) -> Int? { indices[id] }

  public func step(_ id: StepID) -> Step? { indices[id].map { steps[$0] } }

  public func block(_ reference: BlockRef) -> Block? {
    guard let step = step(reference.step), step.blocks.indices.contains(reference.index)
    else { return nil }
    return step.blocks[reference.index]
  }
}
