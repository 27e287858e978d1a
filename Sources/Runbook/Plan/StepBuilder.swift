/// Builds the steps of a note, and of those that it embeds, from their task items and fences.
struct StepBuilder {
  private let part: PlanPart
  private let request: PlanRequest
  private let interpreter: AttributeInterpreter
  private let blockBuilder: BlockBuilder
  private let identity: StepIdentity.Names
  /// The step that embeds the note.
  private let outer: StepID?
  /// Indices in `note.tasks` of boxes that a run ticked.
  private let tickedByRun: Set<Int>
  private let paths: HeadingPaths
  /// By index in `note.tasks`.
  private var fencesOfTask: [Int: [(fence: Fence, use: FenceUse.Runnable)]] = [:]
  private var otherFencesOfTask: [Int: [Fence]] = [:]

  private var note: Note { part.note }
  private var texts: [StepText] { part.texts }
  private var settings: Settings { blockBuilder.settings }

  /// - Parameter outer: the step that embeds the note; nil for the note that is run.
  init(
    _ part: PlanPart, request: PlanRequest, interpreter: AttributeInterpreter, settings: Settings,
    outer: StepID? = nil
  ) {
    self.part = part
    self.request = request
    self.interpreter = interpreter
    self.outer = outer
    blockBuilder = BlockBuilder(
      interpreter: interpreter, settings: settings, request: request, isEmbedded: outer != nil)
    identity = StepIdentity.identify(part.note, part.texts)
    tickedByRun = Set(
      part.note.ownMarks.groups.compactMap { $0.group.result == .byHand ? nil : $0.task })
    paths = HeadingPaths(part.note)
  }

  /// - Parameter root: the index of the step that embeds the note.
  mutating func build(
    into list: inout StepList, under root: Int? = nil, _ problems: inout PlanProblems
  ) {
    guard !part.selected.isEmpty else { return refuseEmptiness(&problems[part.index]) }
    attachFences(&problems[part.index])
    HiddenFences(note, part.selection).refuse(&problems[part.index])
    warnOfEqualSteps(&problems[part.index])
    let firstChild = Dictionary(
      part.selected.compactMap { index in note.tasks[index].parent.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    var stepOfTask: [Int: Int] = [:]
    for task in part.selected {
      // A task around this one that isn't selected can't be: sections don't cut through lists.
      let parent = note.tasks[task].parent.flatMap { stepOfTask[$0] } ?? root
      let context = Context(
        task: task, place: list.next(under: parent), around: parent.map { list.steps[$0] },
        firstChildLine: firstChild[task].map { note.tasks[$0].line }, embed: part.embeds[task])
      let index = list.append(step(context, &problems[part.index]))
      stepOfTask[task] = index
      if let inner = part.embeds[task] { embed(inner, task, under: index, &list, &problems) }
    }
  }

  private struct Context {
    /// Index in `note.tasks`.
    let task: Int
    let place: StepPlace
    let around: Step?
    /// 0-based.
    let firstChildLine: Int?
    let embed: PlanPart?

    var hasChildren: Bool { firstChildLine != nil || embed != nil }
  }

  private func embed(
    _ inner: PlanPart, _ task: Int, under index: Int, _ list: inout StepList,
    _ problems: inout PlanProblems
  ) {
    let own = SettingsReader.read(
      inner.note.frontMatter, parameters: interpreter.parameters, over: Settings(),
      into: &problems[inner.index])
    EmbedPlaceCheck(outer: settings, inner: own, rootPath: request.embeds.root).tell(
      inner, of: list.steps[index], at: texts[task].body, &problems[part.index])
    var builder = StepBuilder(
      inner, request: request, interpreter: interpreter, settings: settings.embedding(own),
      outer: list.steps[index].id)
    builder.build(into: &list, under: index, &problems)
  }

  private func refuseEmptiness(_ problems: inout DiagnosticCollector) {
    guard note.tasks.isEmpty else {
      guard !part.selection.isUnknown else { return }
      problems.error(
        "the sections to run hold no step",
        fix: "name a section that holds tasks; the first task is on line \(note.tasks[0].line + 1)")
      return
    }
    problems.error(
      "the note has no step: none of its list items has a box",
      fix: "write `- [ ] Build`, and a ```bash block indented under it")
  }

  // MARK: Fences

  private mutating func attachFences(_ problems: inout DiagnosticCollector) {
    let attachment = BlockAttachment(note)
    var attached: Set<Int> = []
    for fence in note.fences where part.selection.contains(fence.line) {
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

  private func step(_ context: Context, _ problems: inout DiagnosticCollector) -> Step {
    let task = note.tasks[context.task]
    let text = texts[context.task]
    let own = text.attributes.map { interpreter.read($0, on: .step, &problems) } ?? AttributeSet()
    let attributes = own.over(context.around?.inherited ?? AttributeSet()) { $0.isInherited }
    // Blocks below may name the group.
    FleetCheck(settings: settings, isEmbedded: part.source != nil).refuse(
      own, isInGroup: true, &problems)
    let blocks = (fencesOfTask[context.task] ?? []).map { fence, use in
      blockBuilder.build(fence, use, defaults: attributes, &problems)
    }
    refuseShapes(context, blocks, &problems)
    let options = BlockOptions(attributes, settings: settings, request: request)
    let isByHand = isByHand(context.task, &problems) || context.around?.isByHand == true
    return Step(
      id: identity.ids[context.task].inside(outer), number: context.place.number,
      title: title(text, task), origin: part.source, embeds: context.embed?.source,
      line: task.line + 1, phase: paths.path(at: task.line).last, blocks: blocks,
      children: [], parent: context.place.parent, depth: context.place.depth,
      exclusion: isByHand ? .byHand : nil, condition: options.condition, confirm: options.confirm,
      onError: options.onError, inherited: attributes)
  }

  private func title(_ text: StepText, _ task: TaskItem) -> String {
    if let embed = StepEmbed.whole(note, task, text) { return StepEmbed.title(embed) }
    let shown = InlineMarkup.removed(from: text.shown)
    return shown.isEmpty ? text.blockID ?? "step on line \(task.line + 1)" : shown
  }

  /// A tick beside a group of ours is ours, unless the group says that it was there before. One in an embedded note
  /// is about that note's own story, not about this run.
  private func isByHand(_ index: Int, _ problems: inout DiagnosticCollector) -> Bool {
    guard !tickedByRun.contains(index) else { return false }
    let range = note.tasks[index].mark
    guard range.count == 1, let byte = note.bytes[range].first,
      [UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "-")].contains(byte)
    else { return false }
    guard part.source != nil else { return true }
    problems.warning(
      "this box is set, which counts only when this note itself is run: here the step runs",
      at: range.lowerBound - 1..<range.upperBound + 1,
      fix: "empty the box; to leave the step out, use --skip, or put an if= on it")
    return false
  }

  private func refuseShapes(
    _ context: Context, _ blocks: [Block], _ problems: inout DiagnosticCollector
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
    if context.embed != nil, let block = blocks.first(where: { $0.role == .run }) {
      problems.error(
        "this block would run before the embedded steps: a step's own blocks come first",
        at: note.lines.content(of: block.line - 1).trimmed(in: note.bytes),
        fix: "make it a step of its own, in front of this one or behind it")
    } else if let child = context.firstChildLine {
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

  private func warnOfEqualSteps(_ problems: inout DiagnosticCollector) {
    for index in part.selected where identity.isShared[index] {
      let text = texts[index]
      problems.warning(
        text.blockID.map { "another step has the id ^\($0) too" }
          ?? "another step has the same text under the same heading",
        at: text.body.isEmpty ? note.tasks[index].mark : text.body,
        fix: "give it a text of its own, or a ^block-id: steps are found again by them")
    }
  }
}
