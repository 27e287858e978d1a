/// Cuts a script into steps, by its comments and what it says of itself.
struct ScriptSteps {
  struct Step {
    var title: String
    /// A heading above.
    var phase: String?
    /// In order; those that run.
    var units: [Int]
    /// Lines of comments that say more than the title.
    var remarks: [Int]
    /// A call of a function, which is a step of its own.
    var isCall = false
  }

  private let script: Script
  private let joins: [Script.Join]
  private(set) var steps: [Step] = []
  /// What the script says of itself at its top.
  private(set) var description: [String] = []

  private var comments: [Int] = []
  private var pending: (title: String, lines: [Int])?
  private var phase: String?
  private var startsParagraph = true
  private var sawSetting = false
  /// What only says something, before the first step.
  private var leading: [Int] = []

  init(_ script: Script, _ joins: [Script.Join]) {
    self.script = script
    self.joins = joins
    let head = headComment()
    for item in script.layout {
      switch item {
      case .comment(let line) where head.contains(line): continue
      case .comment(let line): comments.append(line)
      case .blank: takeBlank()
      case .unit(let index): take(index)
      }
    }
    if !leading.isEmpty { add(leading.removeFirst(), title: "Say so", isCall: false) }
    makeTitlesUnique()
  }

  // MARK: The head

  /// The lines of the first comment, where it speaks of the whole script.
  private mutating func headComment() -> Set<Int> {
    var lines: [Int] = []
    var isWhole = true
    for item in script.layout {
      if case .comment(let line) = item {
        lines.append(line)
      } else if lines.allSatisfy({ words(of: $0) == nil }), case .blank = item {
        continue
      } else {
        if case .unit(let index) = item { isWhole = !script.units[index].isRun }
        break
      }
    }
    guard isWhole else { return Set(lines.filter { $0 == 0 }) }
    description = lines.compactMap { words(of: $0) }
    return Set(lines)
  }

  /// Nil for a line of signs, for what is meant for the shell or a tool, and for a command that is put out of use.
  private func words(of line: Int) -> String? {
    let text = script.text(NoteText.trimmed(script.lines.content(of: line), in: script.bytes))
    let body = text.drop { $0 == "#" }
    guard !text.hasPrefix("#!"), !body.hasPrefix(" shellcheck"), body.contains(where: \.isLetter),
      text.hasPrefix("##") || body.first.map({ !$0.isLetter && $0 != "$" }) ?? false
    else { return nil }
    return body.trimmingSpaces
  }

  // MARK: Lines

  private mutating func takeBlank() {
    takeComments()
    if sawSetting { pending = nil }
    startsParagraph = true
  }

  private mutating func takeComments() {
    let titles = comments.compactMap { line in words(of: line).map { (line, $0) } }
    defer { comments = [] }
    guard let first = titles.first, let title = StepTitle.cleaned(first.1) else { return }
    if let pending, !sawSetting { phase = pending.title }
    pending = (title, titles.dropFirst().map(\.0))
    sawSetting = false
  }

  private mutating func take(_ index: Int) {
    takeComments()
    defer { startsParagraph = false }
    guard script.units[index].isRun else {
      sawSetting = true
      if case .function = script.units[index].use { pending = nil }
      return
    }
    let start = joins.first { $0.units.contains(index) }?.units.first { script.units[$0].isRun }
    if let start, start < index, let step = steps.firstIndex(where: { $0.units.contains(start) }) {
      steps[step].units.append(index)
      pending = nil
      return
    }
    let call = calledFunction(index)
    if let heading = pending?.title ?? echoed(index) {
      add(index, title: heading, isCall: false)
    } else if let question = script.asks(script.units[index]) {
      // A step of its own: the terminal is wanted for nothing else.
      add(index, title: StepTitle.cleaned(question) ?? "Ask", isCall: true)
    } else if isSaying(index) {
      if steps.isEmpty { leading.append(index) } else { steps[steps.count - 1].units.append(index) }
    } else if let call, let title = functionTitle(call) {
      add(index, title: title, isCall: true)
    } else if steps.isEmpty || steps[steps.count - 1].isCall {
      add(index, title: commandTitle(index), isCall: false)
    } else {
      steps[steps.count - 1].units.append(index)
    }
  }

  private mutating func add(_ index: Int, title: String, isCall: Bool) {
    steps.append(
      Step(
        title: title, phase: phase, units: leading + [index], remarks: pending?.lines ?? [],
        isCall: isCall))
    leading = []
    phase = nil
    pending = nil
    sawSetting = false
  }

  // MARK: Titles

  private static let sayers: Set<String> = [
    "log", "info", "say", "step", "msg", "message", "header", "heading", "section", "banner",
    "title",
    "print_step", "log_info", "log_step", "print_header", "announce", "status", "notice",
  ]

  private func isSaying(_ index: Int) -> Bool {
    guard let command = script.units[index].command, let name = command.name else { return false }
    return (name == "echo" || name == "printf" || Self.sayers.contains(name))
      && command.redirections.isEmpty
  }

  /// `echo "Building"`, where it begins something.
  private func echoed(_ index: Int) -> String? {
    guard let command = script.units[index].command, let name = command.name,
      name == "echo" || Self.sayers.contains(name) && script.functions[name] != nil,
      command.words.count == 2 || name != "echo" && command.words.count == 3,
      command.redirections.isEmpty, let text = command.words.last?.literal,
      !StepTitle.isConclusion(text),
      startsParagraph || StepTitle.isDecorated(text)
    else { return nil }
    return StepTitle.cleaned(text)
  }

  private func calledFunction(_ index: Int) -> String? {
    guard let command = script.units[index].command, let name = command.name,
      script.functions[name] != nil, !Self.sayers.contains(name)
    else { return nil }
    return name
  }

  /// The comment above its definition, if that is short; else its name.
  private func functionTitle(_ name: String) -> String? {
    guard let function = script.functions[name] else { return nil }
    let line = script.lines.line(at: function.range.lowerBound)
    if line > 0, let words = words(of: line - 1), words.count <= 60,
      line < 2 || self.words(of: line - 2) == nil
    {
      return StepTitle.cleaned(words)
    }
    return StepTitle.ofFunction(name)
  }

  private func commandTitle(_ index: Int) -> String {
    let unit = script.units[index]
    if case .computed(let name) = unit.use { return "Work out \(name)" }
    let first = script.text(script.lines.content(of: unit.lines.lowerBound)).filter { $0 != "\"" }
    return StepTitle.cleaned(first) ?? "Line \(script.line(of: unit))"
  }

  /// Two steps of one name could be told apart by their order only.
  private mutating func makeTitlesUnique() {
    var counts: [String: Int] = [:]
    for index in steps.indices {
      let key = steps[index].title
      counts[key, default: 0] += 1
      if let count = counts[key], count > 1 { steps[index].title += " (\(count))" }
    }
  }
}
