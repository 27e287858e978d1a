/// Builds the steps of a note from its task items and their fences.
struct StepBuilder {
  let note: Note
  let request: PlanRequest
  let selection: SectionSelection
  private let interpreter: AttributeInterpreter
  private let blockBuilder: BlockBuilder
  private let texts: [StepText]
  private let ids: [StepID]
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
    ids = StepIdentity.identify(note, texts)
    paths = HeadingPaths(note)
  }

  mutating func build(_ problems: inout DiagnosticCollector) -> [Step] {
    let selected = note.tasks.indices.filter { selection.contains(note.tasks[$0].line) }
    guard !selected.isEmpty else {
      problems.error(
        "the note has no step",
        fix: "write a task, `- [ ] Build`, and a ```bash block indented under it")
      return []
    }
    attachFences(&problems)
    warnOfEqualSteps(selected, &problems)
    return StepTree(tasks: note.tasks, selected: selected).steps { context in
      step(context, &problems)
    }
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
          fix: "end it with a line of as many backticks, indented as far")
        continue
      }
      let owner = attachment.owner(of: fence) { attached.contains($0) }
      switch (FenceUse(note, fence), owner) {
      case (.mistaken(let problem), .task), (.mistaken(let problem), .unclear):
        problems.error(problem)
      case (.runnable, .unclear(let problem)):
        problems.error(problem)
      case (.runnable(let use), .task(let task)):
        attached.insert(fence.block)
        fencesOfTask[task, default: []].append((fence, use))
      case (.runnable, .nobody):
        problems.error(
          "this block belongs to no step",
          at: note.lines.content(of: fence.line).trimmed(in: note.bytes),
          fix: "indent it under a task, put it directly below one, or mark it {ignore}")
      case (.documentation, .task(let task)) where fence.task == task:
        otherFencesOfTask[task, default: []].append(fence)
      default: break
      }
    }
  }

  // MARK: Steps

  private func step(_ context: StepTree.Context, _ problems: inout DiagnosticCollector) -> Step {
    let task = note.tasks[context.task]
    let text = texts[context.task]
    let own = text.attributes.map { interpreter.read($0, on: .step, &problems) } ?? AttributeSet()
    let attributes = own.over(context.inherited) { $0.isInherited }
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
      exclusion: isByHand(task) || context.isInByHand ? .byHand : nil,
      condition: options.condition, confirm: options.confirm, onError: options.onError,
      inherited: attributes)
  }

  private func title(_ text: StepText, _ task: TaskItem) -> String {
    text.title.isEmpty ? text.blockID ?? "step on line \(task.line + 1)" : text.title
  }

  private func isByHand(_ task: TaskItem) -> Bool {
    let mark = note.bytes[task.mark]
    guard mark.count == 1, let byte = mark.first else { return false }
    return [UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "-")].contains(byte)
  }

  private func refuseShapes(
    _ context: StepTree.Context, _ blocks: [Block], _ problems: inout DiagnosticCollector
  ) {
    let task = note.tasks[context.task]
    if blocks.isEmpty, !context.hasChildren {
      let others = otherFencesOfTask[context.task] ?? []
      ManualStepCheck(note: note).refuse(task, others, &problems)
      refuseEmbed(task, &problems)
    }
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

  private func refuseEmbed(_ task: TaskItem, _ problems: inout DiagnosticCollector) {
    guard let embed = note.links(in: task.text).first(where: \.isEmbed) else { return }
    problems.error(
      "this version can't run the steps of an embedded note", at: embed.range,
      fix: "write the steps here, or run \(embed.target) by itself")
  }

  private func warnOfEqualSteps(_ selected: [Int], _ problems: inout DiagnosticCollector) {
    for index in selected where ids[index].text.hasSuffix(")") {
      guard let open = ids[index].text.lastIndex(of: "("),
        ids[index].text[open...].contains(" of "), !texts[index].title.hasSuffix(")")
      else { continue }
      problems.warning(
        "another step has the same text under the same heading",
        at: texts[index].body.trimmed(in: note.bytes),
        fix: "give it a text of its own, or a ^block-id")
    }
  }
}
