/// Builds the steps of a note from its task items and their fences.
struct StepBuilder {
  let note: Note
  let request: PlanRequest
  let selection: SectionSelection
  private let interpreter: AttributeInterpreter
  private let blockBuilder: BlockBuilder
  private let texts: [StepText]
  private let identity: StepIdentity.Names
  private var ids: [StepID] { identity.ids }
  /// Indices in `note.tasks` of boxes that a run ticked.
  private let tickedByRun: Set<Int>
  private let paths: HeadingPaths
  /// By index in `note.tasks`.
  private var fencesOfTask: [Int: [(fence: Fence, use: FenceUse.Runnable)]] = [:]
  private var otherFencesOfTask: [Int: [Fence]] = [:]

  init(
    note: Note, request: PlanRequest, settings: Settings, parameters: [Parameter],
    selection: SectionSelection
  ) {
    self.note = note
    self.request = request
    self.selection = selection
    interpreter = AttributeInterpreter(
      parameters: Dictionary(
        parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
      captures: Self.captures(note))
    blockBuilder = BlockBuilder(interpreter: interpreter, settings: settings, request: request)
    texts = note.tasks.map { StepText(note, $0) }
    identity = StepIdentity.identify(note, texts)
    tickedByRun = Set(
      note.ownMarks.groups.compactMap { $0.group.result == .byHand ? nil : $0.task })
    paths = HeadingPaths(note)
  }

  mutating func build(_ problems: inout DiagnosticCollector) -> [Step] {
    let selected = note.tasks.indices.filter { selection.contains(note.tasks[$0].line) }
    guard !selected.isEmpty else {
      refuseEmptiness(&problems)
      return []
    }
    attachFences(&problems)
    HiddenFences(note, selection).refuse(&problems)
    warnOfEqualSteps(selected, &problems)
    return StepTree(tasks: note.tasks, selected: selected).steps { context in
      step(context, &problems)
    }
  }

  private func refuseEmptiness(_ problems: inout DiagnosticCollector) {
    guard note.tasks.isEmpty else {
      guard !selection.isUnknown else { return }
      problems.error(
        "the sections to run hold no step",
        fix: "name a section that holds tasks; the first task is on line \(note.tasks[0].line + 1)")
      return
    }
    problems.error(
      "the note has no step: none of its list items has a box",
      fix: "write `- [ ] Build`, and a ```bash block indented under it")
  }

  /// Names that blocks capture, read before anything else, since a block above may not use a later one's.
  private static func captures(_ note: Note) -> Set<String> {
    var names: Set<String> = []
    for fence in note.fences {
      guard case .runnable(let use) = FenceUse(note, fence), let range = use.attributes,
        let attributes = try? AttributeReader.read(note.bytes, range)
      else { continue }
      for attribute in attributes where AttributeName(written: attribute.name) == .capture {
        if let value = attribute.value { names.insert(value) }
      }
    }
    return names
  }

  // MARK: Fences

  private mutating func attachFences(_ problems: inout DiagnosticCollector) {
    let attachment = BlockAttachment(note)
    var attached: Set<Int> = []
    for fence in note.fences where selection.contains(fence.line) {
      if fence.closingLine == nil {
        problems.error(
          "the code block is not closed",
          at: note.lines.content(of: fence.line).trimmed(in: note.bytes),
          fix: "end it with a line of as many backticks, indented as far as this one")
        continue
      }
      let owner = attachment.owner(of: fence) { attached.contains($0) }
      switch (FenceUse(note, fence), owner) {
      case (.mistaken(let problem), _):
        problems.error(problem)
      case (.runnable, .unclear(let problem, _)):
        problems.error(problem)
      case (.runnable(let use), .task(let task)):
        attached.insert(fence.block)
        fencesOfTask[task, default: []].append((fence, use))
      case (.runnable, .nobody):
        problems.error(
          "this block belongs to no step",
          at: note.lines.content(of: fence.line).trimmed(in: note.bytes),
          fix: "indent it under a task, put it directly below one, or mark it {ignore}")
      case (.documentation, .task(let task)), (.documentation, .unclear(_, let task)):
        otherFencesOfTask[task, default: []].append(fence)
      case (.documentation, .nobody): break
      }
    }
  }

  // MARK: Steps

  private func step(_ context: StepTree.Context, _ problems: inout DiagnosticCollector) -> Step {
    let task = note.tasks[context.task]
    let text = texts[context.task]
    let own = text.attributes.map { interpreter.read($0, on: .step, &problems) } ?? AttributeSet()
    let attributes = own.over(context.inherited) { $0.isInherited }
    // Blocks below may name the group.
    FleetCheck(settings: blockBuilder.settings).refuse(own, isInGroup: true, &problems)
    let blocks = (fencesOfTask[context.task] ?? []).map { fence, use in
      blockBuilder.build(fence, use, defaults: attributes, &problems)
    }
    refuseShapes(context, blocks, &problems)
    let options = BlockOptions(
      attributes, settings: blockBuilder.settings, request: request)
    return Step(
      id: ids[context.task], number: context.number, title: title(text, task),
      line: task.line + 1, phase: paths.path(at: task.line).last, blocks: blocks,
      children: [], parent: context.parent, depth: context.depth,
      exclusion: isByHand(context.task) || context.isInByHand ? .byHand : nil,
      condition: options.condition, confirm: options.confirm, onError: options.onError,
      inherited: attributes)
  }

  private func title(_ text: StepText, _ task: TaskItem) -> String {
    let shown = InlineMarkup.removed(from: text.title)
    return shown.isEmpty ? text.blockID ?? "step on line \(task.line + 1)" : shown
  }

  /// A tick beside a group of ours is ours, unless the group says that it was there before.
  private func isByHand(_ index: Int) -> Bool {
    guard !tickedByRun.contains(index) else { return false }
    let mark = note.bytes[note.tasks[index].mark]
    guard mark.count == 1, let byte = mark.first else { return false }
    return [UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "-")].contains(byte)
  }

  private func refuseShapes(
    _ context: StepTree.Context, _ blocks: [Block], _ problems: inout DiagnosticCollector
  ) {
    let task = note.tasks[context.task]
    let text = texts[context.task]
    StepLineCheck(note: note).refuse(task, text, &problems)
    if blocks.isEmpty, !context.hasChildren {
      let others = otherFencesOfTask[context.task] ?? []
      ManualStepCheck(note: note).refuse(task, text, others, &problems)
    }
    for index in blocks.indices { refuseNoFallback(blocks, index, &problems) }
    for block in blocks where block.role != .run && block.role != .always {
      guard !blocks.contains(where: { $0.role == .run }), !context.hasChildren else { continue }
      problems.error(
        "the step has a \(block.role.rawValue) block, but nothing that it runs",
        at: note.lines.content(of: block.line - 1).trimmed(in: note.bytes),
        fix: "add the block that does the step, above this one")
    }
    if let child = context.firstChildLine {
      for block in blocks where block.role == .run && block.line - 1 > child {
        problems.error(
          "this block would run before the steps above it: a step's own blocks come first",
          at: note.lines.content(of: block.line - 1).trimmed(in: note.bytes),
          fix: "move it above the nested steps, or make it a nested step of its own")
      }
    }
  }

  private func refuseNoFallback(
    _ blocks: [Block], _ index: Int, _ problems: inout DiagnosticCollector
  ) {
    let block = blocks[index]
    guard block.attributes["on-timeout"] == TimeoutPolicy.fallback.rawValue,
      !blocks.contains(where: { $0.role == .fallback })
    else { return }
    problems.error(
      "on-timeout=fallback, but the step has no fallback block",
      at: note.lines.content(of: block.line - 1).trimmed(in: note.bytes),
      fix: "add a ```bash {fallback} block to the step, or write on-timeout=cancel")
  }

  private func warnOfEqualSteps(_ selected: [Int], _ problems: inout DiagnosticCollector) {
    for index in selected where identity.isShared[index] {
      let text = texts[index]
      problems.warning(
        text.blockID.map { "another step has the id ^\($0) too" }
          ?? "another step has the same text under the same heading",
        at: text.body.isEmpty ? note.tasks[index].mark : text.body,
        fix: "give it a text of its own, or a ^block-id: steps are found again by them")
    }
  }
}
