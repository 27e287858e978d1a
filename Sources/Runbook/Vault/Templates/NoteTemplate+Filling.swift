extension NoteTemplate {
  /// The variables that a fill has no value for.
  public func missing(in fill: TemplateFill) -> [TemplateVariable] {
    variables.filter { fill.values[$0.name] == nil && $0.defaultValue == nil }
  }

  /// The bytes of the note.
  ///
  /// A value is text. In a property it is quoted where it has to be; in code, where any sign may mean something, only
  /// a few are let pass; and wherever it stands the note must have the blocks, steps and fences of the template.
  /// - Throws: with its place in the template.
  public func filled(_ fill: TemplateFill) throws(NoteProblem) -> [UInt8] {
    var values: [String] = []
    for placeholder in placeholders { values.append(try value(of: placeholder, fill)) }
    let marked = MarkedTemplate(bytes, placeholders)
    let skeleton = try marked.note()
    let guardian = FillGuard(note: skeleton, marked: marked)
    for (index, placeholder) in placeholders.enumerated() {
      try guardian.refuse(values[index], of: placeholder, at: marked.marks[index])
    }
    let front = PropertyFill(note: skeleton, marked: marked, values: values)
    var splices = front.splices
    for (index, mark) in marked.marks.enumerated() where !front.covers(mark) {
      splices.append(Splice(mark, Array(values[index].utf8)))
    }
    let whole = Splice.apply(
      splices.sorted { $0.range.lowerBound < $1.range.lowerBound }, to: marked.bytes)
    try guardian.compare(with: whole, values)
    return try Self.withoutDeclarations(whole)
  }

  private func value(
    of placeholder: Placeholder, _ fill: TemplateFill
  ) throws(NoteProblem) -> String {
    switch placeholder.kind {
    case .title: return fill.title
    case .escaped: return String(decoding: bytes[placeholder.range].dropFirst(), as: UTF8.self)
    case .date(let format):
      return try text(of: fill.moment, format ?? fill.dateFormat, placeholder)
    case .time(let format):
      return try text(of: fill.moment, format ?? fill.timeFormat, placeholder)
    case .variable(let name):
      let variable = variables.first { $0.name == name }
      if let value = fill.values[name] ?? variable?.defaultValue { return value }
      let purpose = variable?.purpose.map { " (\($0))" } ?? ""
      throw NoteProblem(
        "{{\(name)}}\(purpose) has no value", at: placeholder.range,
        fix: "add --set \(name)=…; \\{{ stands for {{ itself")
    }
  }

  private func text(
    of moment: CalendarMoment, _ format: String, _ placeholder: Placeholder
  ) throws(NoteProblem) -> String {
    do {
      return try MomentFormat(format).text(moment)
    } catch {
      throw NoteProblem(error.message, at: placeholder.range, fix: error.fix)
    }
  }

  /// Front matter of which nothing is left goes as a whole.
  private static func withoutDeclarations(_ bytes: [UInt8]) throws(NoteProblem) -> [UInt8] {
    let note = try Note(bytes)
    guard let front = note.frontMatter else { return bytes }
    let own = front.entries.filter { keys.contains($0.key) }
    guard !own.isEmpty else { return bytes }
    guard front.isBlockMapping else {
      throw NoteProblem(
        "the front matter is not a key a line", at: own[0].keyRange, fix: "write key: value lines")
    }
    let isEmpty =
      own.count == front.entries.count
      && front.closingLine - 1 == own.reduce(0) { $0 + $1.lines.count }
    guard !isEmpty else {
      return Array(bytes[note.lines.full(of: front.closingLine).upperBound...])
    }
    return note.applying(
      own.map { entry in
        Splice(
          note.lines.full(of: entry.lines.lowerBound)
            .lowerBound..<note.lines.full(of: entry.lines.upperBound - 1).upperBound, [])
      })
  }
}
