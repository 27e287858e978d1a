/// Lists all that a note, and those that it embeds, can execute: settings, parameters' defaults, and for each step what
/// decides about it and its blocks. Ticks, logs, titles and prose are in none.
struct ExecutableParts {
  private(set) var parts: [ExecutablePart] = []

  static func list(
    _ part: PlanPart, _ defaults: VaultDefaults?, _ steps: [Step]
  ) -> [ExecutablePart] {
    var list = ExecutableParts()
    if let defaults, let file = try? defaults.settings() {
      list.addSettings(of: file.note, named: VaultDefaults.fileName)
    }
    var known: Set<Int> = []
    part.walk { part in
      guard known.insert(part.index).inserted else { return }
      list.addSettings(of: part.note, named: part.source?.title ?? "the note")
    }
    for step in steps { list.add(step) }
    return list.parts
  }

  /// Those that say how results are shown and where they go decide nothing.
  private static let shown: Set<SettingName> = [.logLines, .record]

  private mutating func addSettings(of note: Note, named name: String) {
    let lines = (note.frontMatter?.entries ?? []).flatMap { entry -> [String] in
      guard let setting = SettingName(written: entry.key), !Self.shown.contains(setting) else {
        return []
      }
      return Self.lines(setting.rawValue, entry.value)
    }
    // In any order: a property that is moved decides nothing else.
    if !lines.isEmpty {
      parts.append(ExecutablePart(title: "the settings of \(name)", text: lines.sorted()))
    }
  }

  private static func lines(_ name: String, _ value: YAMLValue) -> [String] {
    switch value {
    case .empty: [name + ":"]
    case .scalar(let text, _): ["\(name): \(text)"]
    case .sequence(let values, _): values.flatMap { lines(name, $0) }
    case .mapping(let pairs, _): pairs.flatMap { lines("\(name).\($0.key)", $0.value) }
    }
  }

  private mutating func add(_ step: Step) {
    let name = "\(step.number) \(step.fullTitle)"
    var lines = ["step at depth \(step.depth)" + (step.isManual ? ", by hand" : "")]
    if let condition = step.condition { lines.append("not if \(condition.reasonWhenFalse)") }
    if let confirm = step.confirm { lines.append("confirm: \(confirm.source)") }
    if step.isManual { lines.append("on-error: \(step.onError.rawValue)") }
    parts.append(ExecutablePart(title: name, text: lines))
    for (index, block) in step.blocks.enumerated() {
      let place = step.blocks.count > 1 ? "\(name), block \(index + 1)" : name
      parts.append(ExecutablePart(title: place, text: Self.lines(block), code: block.code))
    }
  }

  /// A line of what it is, and its code.
  static func lines(_ block: Block) -> [String] {
    let attributes = block.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let head = ([block.role.rawValue + ":"] + block.shownCommand).joined(separator: " ")
    var code = String(decoding: block.code, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if code.last?.isEmpty == true { code.removeLast() }
    return [attributes.isEmpty ? head : head + " {\(attributes.joined(separator: " "))}"] + code
  }
}
