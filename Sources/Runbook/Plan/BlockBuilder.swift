/// Builds a step's block from a fence and the attributes in force.
struct BlockBuilder {
  let interpreter: AttributeInterpreter
  let settings: Settings
  let request: PlanRequest
  let isEmbedded: Bool

  func build(
    _ fence: Fence, _ use: FenceUse.Runnable, defaults: AttributeSet,
    _ problems: inout DiagnosticCollector
  ) -> Block {
    let own =
      use.attributes.map { interpreter.read($0, on: .block, &problems) } ?? AttributeSet()
    let role = Self.role(own)
    refuseMisfits(own, role, &problems)
    warnOfCode(fence, &problems)
    let attributes = own.over(defaults) { $0.fits(role) && $0 != .if && $0 != .confirm }
    FleetCheck(settings: settings, isEmbedded: isEmbedded).refuse(
      own, isInGroup: attributes.has(.hosts), &problems)
    let options = BlockOptions(attributes, settings: settings, request: request)
    let program = program(use.language, options)
    refuseStrict(own, program, &problems)
    let shell = options.isStrict ? StrictShell(program) : nil
    if StrictShell.known(program) != nil {
      warnOfShell(fence, options, attributes, isStrict: shell != nil, &problems)
    }
    return Block(
      role: role, language: use.language, interpreter: program, strictShell: shell,
      code: fence.code, options: options, attributes: attributes.written,
      place: problems.place(
        of: problems.note.lines.content(of: fence.line).trimmed(in: problems.note.bytes)),
      digest: BlockDigest.of(
        role: role, command: [program.program] + (shell?.options ?? program.arguments),
        attributes: attributes.written, code: fence.code))
  }

  private static func role(_ attributes: AttributeSet) -> BlockRole {
    if attributes.has(.rollback) { return .rollback }
    if attributes.has(.fallback) { return .fallback }
    if attributes.has(.doneIf) { return .doneIf }
    return attributes.has(.always) ? .always : .run
  }

  private func program(_ language: String, _ options: BlockOptions) -> Interpreter {
    if let program = options.interpreter { return program }
    if let shell = settings.shell, Interpreter.shells.contains(language) { return shell }
    return Interpreter.known[language] ?? Interpreter(program: language)
  }

  private func refuseMisfits(
    _ attributes: AttributeSet, _ role: BlockRole, _ problems: inout DiagnosticCollector
  ) {
    for (name, entry) in attributes.entries where !name.fits(role) {
      problems.error(
        "“\(name.rawValue)” means nothing on a \(role.rawValue) block", at: entry.place,
        fix: "remove it")
    }
    if attributes.has(.interactive), let name = attributes[.capture] {
      problems.error(
        "an interactive block's output goes to the terminal and can't be captured",
        at: name.place, fix: "keep one of interactive and capture")
    }
  }

  private func refuseStrict(
    _ attributes: AttributeSet, _ program: Interpreter, _ problems: inout DiagnosticCollector
  ) {
    guard let strict = attributes[.strict], StrictShell(program) == nil else { return }
    let command = ([program.program] + program.arguments).joined(separator: " ")
    if StrictShell.known(program) == nil {
      problems.error(
        "“strict” is about shells, and says nothing to \(command)", at: strict.place,
        fix: "remove it")
    } else {
      problems.error(
        "“strict” says nothing here: the options of “\(command)” are used as they are",
        at: strict.place, fix: "remove it, and write the options that are wanted")
    }
  }

  private func warnOfShell(
    _ fence: Fence, _ options: BlockOptions, _ attributes: AttributeSet, isStrict: Bool,
    _ problems: inout DiagnosticCollector
  ) {
    let check = ShellCheck(
      fence.code, options, isStrict: isStrict, hasOwnTimeout: attributes.has(.timeout),
      given: interpreter.variables, environment: request.environment,
      told: problems.undefinedNames)
    for finding in check?.findings ?? [] {
      problems.warning(
        finding.message, at: fence.place(ofCode: finding.range, in: problems.note), fix: finding.fix
      )
      if let name = finding.undefined { problems.undefinedNames.insert(name) }
    }
  }

  private func warnOfCode(_ fence: Fence, _ problems: inout DiagnosticCollector) {
    let note = problems.note
    if let line = fence.splitTabLines.first {
      problems.warning(
        "the list's indentation ends in the middle of a tab here; the block gets spaces for it",
        at: note.lines.content(of: line), fix: "indent the block as its first line is")
    }
    warnOfHidden(fence, &problems)
    for line in fence.contentLines {
      let range = note.lines.content(of: line)
      guard let found = PhoneCharacter.first(in: note.bytes, range) else { continue }
      problems.warning(
        "\(found.name) in the code", at: found.range,
        fix: "if it is not meant, \(found.fix)")
      break
    }
  }

  private func warnOfHidden(_ fence: Fence, _ problems: inout DiagnosticCollector) {
    let note = problems.note
    for line in fence.contentLines {
      guard let found = HiddenCharacter.first(in: note.bytes, note.lines.content(of: line)) else {
        continue
      }
      problems.warning(
        "a character in the code that can't be seen, \(found.name)", at: found.range,
        fix: "if it is not meant, delete it: the line may not run as it reads")
      return
    }
  }
}
