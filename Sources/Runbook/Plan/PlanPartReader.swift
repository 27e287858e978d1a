/// Finds the notes that take part in a plan: from the note that is run along the embeds of its steps.
struct PlanPartReader {
  /// Embeds in embeds, at most.
  static let mostDepth = 16
  /// A note counts as often as it is embedded.
  static let mostEmbeds = 1000
  static let mostBytes = Note.sizeLimit

  private let request: PlanRequest
  private var problems: PlanProblems
  /// By index of the note.
  private var texts: [Int: [StepText]] = [:]
  /// From the note that is run to the one that is read.
  private var chain: [Node] = []
  private var count = 0
  private var bytes = 0
  /// After a cycle or a bound every further embed would say the same.
  private var hasGivenUp = false

  /// A note, or a section of it, that embeds lead to.
  private struct Node: Equatable {
    let path: String
    let section: String?

    var text: String {
      let name = NoteName.title(of: path)
      return section.map { "\(name)#\($0)" } ?? name
    }
  }

  static func read(
    _ note: Note, _ request: PlanRequest, _ problems: inout PlanProblems
  ) -> PlanPart {
    var reader = PlanPartReader(request: request, problems: problems)
    let names =
      request.section.map { [SectionName(text: $0, place: nil)] }
      ?? SectionName.all(note.frontMatter, &reader.problems[0])
    let node = Node(path: request.embeds.root, section: request.section)
    let part = reader.part(note, 0, nil, names.map { .named($0) } ?? .all, node)
    problems = reader.problems
    return part
  }

  private init(request: PlanRequest, problems: PlanProblems) {
    self.request = request
    self.problems = problems
  }

  private mutating func part(
    _ note: Note, _ index: Int, _ source: NoteSource?, _ wanted: SectionSelection.Wanted,
    _ node: Node
  ) -> PlanPart {
    chain.append(node)
    defer { chain.removeLast() }
    let texts = texts[index] ?? note.tasks.map { StepText(note, $0) }
    self.texts[index] = texts
    let selection = SectionSelection(note, wanted, &problems[index])
    let selected = note.tasks.indices.filter { selection.contains(note.tasks[$0].line) }
    var embeds: [Int: PlanPart] = [:]
    for task in selected where !hasGivenUp {
      guard let link = StepEmbed.whole(note, note.tasks[task], texts[task]) else { continue }
      do throws(VaultProblem) {
        embeds[task] = try inner(link, from: node.path)
      } catch {
        problems[index].error(error.message, at: link.range, fix: error.fix)
      }
    }
    return PlanPart(
      note: note, index: index, source: source, texts: texts, selection: selection,
      selected: selected, embeds: embeds)
  }

  /// - Returns: nil where what is wrong was told in the embedded note itself.
  private mutating func inner(_ link: Link, from path: String) throws(VaultProblem) -> PlanPart? {
    let entry = try request.embeds.find(link.target, from: path).get()
    let note: Note
    switch entry.content {
    case .note(let content): note = content
    case .unreadable(let diagnostic):
      problems.add(diagnostic)
      return nil
    }
    guard let index = try admit(note, entry.source) else { return nil }
    let fragment = link.fragment.flatMap { $0.isEmpty ? nil : $0 }
    let line: Int? = if let fragment { try EmbedSection.line(fragment, in: note) } else { nil }
    let node = Node(path: entry.source.path, section: fragment)
    try refuseCycle(node)
    try refuseTooMuch(note)
    let names = line == nil ? SectionName.all(note.frontMatter, &problems[index]) : nil
    let wanted = line.map { .under($0) } ?? names.map { .named($0) } ?? SectionSelection.Wanted.all
    let part = part(note, index, entry.source, wanted, node)
    guard !part.selected.isEmpty || part.selection.isUnknown else {
      throw VaultProblem(
        fragment.map { "the section “\($0)” of \(entry.source.file) holds no step" }
          ?? "\(entry.source.file) has no step to run",
        fix: "write `- [ ] …` into it, or link it without the “!”")
    }
    return part
  }

  /// The note's index; nil where it can't take part, which was told.
  private mutating func admit(_ note: Note, _ source: NoteSource) throws(VaultProblem) -> Int? {
    let admission = NoteAdmission(note: note)
    if let runbook = admission.recordedRunbook {
      throw VaultProblem(
        "\(source.file) is the record of a run, not a runbook",
        fix: runbook.isEmpty
          ? "embed the note that it is the record of" : "embed !\(runbook) instead")
    }
    let (index, isNew) = problems.index(of: note, source)
    guard isNew else { return admission.refuseConflict(&problems[index]) ? nil : index }
    if admission.refuseConflict(&problems[index]) { return nil }
    for problem in note.problems { problems[index].error(problem) }
    admission.refuseMarks(&problems[index])
    return index
  }

  private mutating func refuseCycle(_ node: Node) throws(VaultProblem) {
    guard let start = chain.firstIndex(of: node) else { return }
    hasGivenUp = true
    let names = (chain[start...] + [node]).map(\.text)
    throw VaultProblem(
      "the notes embed each other in a circle: " + names.joined(separator: " → "),
      fix: "take one of these embeds out")
  }

  private mutating func refuseTooMuch(_ note: Note) throws(VaultProblem) {
    count += 1
    bytes += note.bytes.count
    if chain.count > Self.mostDepth {
      hasGivenUp = true
      let names = chain.map(\.text).joined(separator: " → ")
      throw VaultProblem(
        "embeds are nested more than \(Self.mostDepth) deep: \(names)",
        fix: "embed the inner notes from an outer one")
    }
    guard count > Self.mostEmbeds || bytes > Self.mostBytes else { return }
    hasGivenUp = true
    throw VaultProblem(
      count > Self.mostEmbeds
        ? "the note embeds more than \(Self.mostEmbeds) notes, counting each as often as it is embedded"
        : "the embedded notes are over \(Self.mostBytes >> 20) MiB together, counting each as often as "
          + "it is embedded", fix: "make it several runbooks")
  }
}
