/// Turns a shell script into a note: its steps, and in each block what it needs of the lines above it.
public struct ScriptNote {
  /// What the note says of where it is made.
  public struct Place: Sendable {
    /// The note's name.
    public let title: String
    /// The script's path, from the folder that its blocks run in.
    public let script: String
    /// That folder, from the note's own; nil where they are one.
    public let folder: String?

    public init(title: String, script: String, folder: String?) {
      self.title = title
      self.script = script
      self.folder = folder
    }
  }

  let script: Script
  private let place: Place
  let joins: [Script.Join]
  let code: ScriptCode
  let language: String
  /// `set -e` of the first line.
  let flags: String?
  let options: ScriptOptions
  /// Its blocks stop at their first failure without saying so.
  var isStrict: Bool { options.isStrict(in: language) }
  private(set) var preamble: ScriptPreamble
  var notices: [ImportNotice] = []

  /// - Throws: `NoteProblem` for what is no shell script, with its place in the bytes.
  public static func make(
    _ bytes: [UInt8], _ place: Place
  ) throws(NoteProblem) -> ImportedNote {
    let bytes = bytes.filter { $0 != 13 }
    if let foreign = ForeignFile.kind(of: bytes, named: place.script) {
      throw foreign.problem(in: bytes, named: place.script)
    }
    let (language, flags) = try Shebang.read(bytes)
    let made: ImportedNote?
    do throws(ShellParser.Problem) {
      var script = try Script(bytes)
      script.sort()
      let joins = script.join()
      var note = ScriptNote(script, joins, place, language, flags)
      made = note.make()
    } catch {
      let end = min(error.offset + 1, bytes.count)
      throw NoteProblem(
        "the script is not understood: \(error.message)", at: min(error.offset, end)..<end,
        fix: "if bash -n takes it, make the note by hand: a step that calls the script in its block"
      )
    }
    guard let made else {
      throw NoteProblem(
        "nothing in the script runs when it is called without arguments", at: 0..<0,
        fix: "make the note by hand: a step that calls the script with what it needs")
    }
    return made
  }

  private init(
    _ script: Script, _ joins: [Script.Join], _ place: Place, _ language: String, _ flags: String?
  ) {
    self.script = script
    self.joins = joins
    self.place = place
    self.language = language
    self.flags = flags
    options = ScriptOptions(script, flags: flags)
    code = ScriptCode(script)
    preamble = ScriptPreamble(script: script, given: [])
  }

  /// Nil where there is nothing to run.
  private mutating func make() -> ImportedNote? {
    let cut = ScriptSteps(script, joins)
    guard !cut.steps.isEmpty else { return nil }
    preamble = ScriptPreamble(script: script, given: given(with: []))
    let captured = self.captured(cut.steps)
    preamble = ScriptPreamble(script: script, given: given(with: captured))
    var steps: [(step: ScriptSteps.Step, blocks: [ScriptBlock])] = []
    for step in cut.steps { steps.append((step, blocks(of: step, captured))) }
    if let last = steps.indices.last {
      steps[last].blocks += endBlocks()
    }
    let kept = keptBlocks()
    pointOut(cut.steps)
    notices.sort { $0.line < $1.line }
    let text = ScriptNoteText(
      place: place, isStrict: isStrict, parameters: parameters, secrets: secrets,
      description: cut.description,
      steps: steps, kept: kept, notices: notices
    ).text
    return ImportedNote(bytes: Array(text.utf8), notices: notices)
  }

  /// What blocks get by their environment.
  private func given(with captured: Set<String>) -> Set<String> {
    script.units.reduce(into: captured) { names, unit in
      switch unit.use {
      case .parameter(let name, _), .secret(let name): names.insert(name)
      default: break
      }
    }
  }

  // MARK: Front matter

  private var parameters: [(name: String, value: String?)] {
    var found: [(name: String, value: String?)] = script.units.compactMap { unit in
      if case .parameter(let name, let value) = unit.use { (name, value) } else { nil }
    }
    if let name = code.pathName { found.append((name, place.script)) }
    return found
  }

  private var secrets: [String] {
    script.units.compactMap { if case .secret(let name) = $0.use { name } else { nil } }
  }

  // MARK: Blocks

  /// The values that get a block of their own. One that only its own step uses can stay there.
  private func captured(_ steps: [ScriptSteps.Step]) -> Set<String> {
    var names: Set<String> = []
    for (index, unit) in script.units.enumerated() {
      guard case .computed(let name) = unit.use else { continue }
      let own = steps.first { $0.units.contains(index) }?.units ?? []
      let users = script.units.indices.filter {
        $0 != index && script.units[$0].effects.uses.contains(name)
      }
      let isOwn =
        remote(index) == nil
        && users.allSatisfy { own.contains($0) && script.units[$0].command?.name != "ssh" }
      let atEnd = script.units.contains {
        if case .atEnd = $0.use { true } else { false }
      }
      if !isOwn || atEnd { names.insert(name) }
    }
    return names
  }

  func remote(_ index: Int) -> SSHCall? {
    let unit = script.units[index]
    guard unit.isRun, !joins.contains(where: { $0.units.contains(index) }) else { return nil }
    let parameters = Set(self.parameters.map(\.name))
    var known = preamble.given
    for setting in script.units where setting.use == .setting {
      let isPlain =
        !setting.effects.sets.contains { ScriptEffects.Leak.isLeak($0) }
        && setting.effects.uses.isSubset(of: known)
      if isPlain { known.formUnion(setting.effects.sets) }
    }
    return SSHCall.read(script, unit, parameters: parameters, known: known)
  }

  private mutating func blocks(of step: ScriptSteps.Step, _ captured: Set<String>) -> [ScriptBlock]
  {
    var blocks: [ScriptBlock] = []
    var run: [Int] = []
    for index in step.units {
      if isFirstBehindGate(index) {
        if !run.isEmpty { blocks.append(local(run, step)) }
        run = []
        blocks.append(gateBlock)
      }
      if case .computed(let name) = script.units[index].use, captured.contains(name) {
        if !run.isEmpty { blocks.append(local(run, step)) }
        run = []
        blocks.append(
          remote(index).map { block($0, index, capturing: name) } ?? computing(name, index))
      } else if let call = remote(index) {
        if !run.isEmpty { blocks.append(local(run, step)) }
        run = []
        blocks.append(block(call, index))
      } else {
        run.append(index)
      }
    }
    if !run.isEmpty { blocks.append(local(run, step)) }
    return blocks
  }

  private func local(_ units: [Int], _ step: ScriptSteps.Step) -> ScriptBlock {
    let first = units[0]
    let last = units[units.count - 1]
    var effects = ScriptEffects()
    for index in units { effects.uses.formUnion(script.units[index].effects.uses) }
    for index in units { effects.calls.formUnion(script.units[index].effects.calls) }
    for index in script.units.indices
    where first < index && index < last && script.units[index].use == .setting {
      effects.uses.formUnion(script.units[index].effects.uses)
    }
    var block = ScriptBlock(language: language, code: "")
    block.code = head(before: first, effects)
    let remarks = first == step.units[0] ? step.remarks : []
    block.code += code.text(remarks + lines(first, last))
    if units.contains(where: { script.asks(script.units[$0]) != nil }) {
      block.attributes = ["interactive"]
    }
    return block
  }

  /// From the first unit to the last, without what became something else; comments between them stay.
  private func lines(_ first: Int, _ last: Int) -> [Int] {
    var lines: [Int] = []
    var end = script.units[first].lines.lowerBound
    for unit in script.units[first...last] {
      lines += script.remarks(between: end, and: unit.lines.lowerBound)
      if unit.staysInPlace { lines += unit.lines }
      end = unit.lines.upperBound
    }
    return lines
  }

  func head(before position: Int, _ effects: ScriptEffects) -> String {
    let units = preamble.units(before: position, for: effects).filter {
      !isStrict || !options.units.contains($0)
    }
    let texts =
      (isStrict ? [] : [flags].compactMap(\.self)) + units.map { code.text(script.units[$0].lines) }
    return texts.isEmpty ? "" : texts.joined(separator: "\n") + "\n\n"
  }

  private func computing(_ name: String, _ index: Int) -> ScriptBlock {
    let unit = script.units[index]
    // Only the value may come out: a file that is read, or `pushd`, may print.
    let head = self.head(before: index, unit.effects)
    let isQuiet = !["source ", ". ", "pushd", "popd"].contains { head.contains($0) }
    let quiet = head.isEmpty || isQuiet ? head : "{\n\(head.dropLast(2))\n} >&2\n\n"
    let text = quiet + code.text(unit.lines)
    return ScriptBlock(
      language: language, attributes: ["capture=\(name)"],
      code: text + "\nprintf '%s\\n' \"$\(name)\"")
  }

  private func block(_ call: SSHCall, _ index: Int, capturing name: String? = nil) -> ScriptBlock {
    var effects = ScriptEffects()
    effects.uses = call.uses
    let settings = preamble.units(before: index, for: effects, valuesOnly: true)
    let head = settings.map { code.text(script.units[$0].lines) + "\n" }.joined()
    return ScriptBlock(
      language: call.language,
      attributes: ["host=\(call.host)", "cwd=~"] + (name.map { ["capture=\($0)"] } ?? [])
        + (isStrict && !call.isStrict ? ["strict=false"] : []),
      code: head + call.code)
  }

  // MARK: What has no place among the steps

  /// What does not run: arguments, and functions that nothing calls.
  private mutating func keptBlocks() -> [ScriptBlock] {
    var blocks: [ScriptBlock] = []
    let called = script.units.reduce(into: Set<String>()) { $0.formUnion($1.effects.calls) }
    let handlers = script.units.compactMap {
      if case .atEnd(let handler) = $0.use { handler } else { nil }
    }
    for unit in script.units {
      switch unit.use {
      case .arguments:
        point(
          unit, "reads the script's arguments: give values with --set, or choose what is to be run")
      case .function(let name)
      where !called.contains(name) && !handlers.contains(where: { $0.contains(name) }):
        point(unit, "nothing calls \(name)")
      case .logging: point(unit, "sends the output to a file: the run keeps its logs itself")
      default: continue
      }
      blocks.append(ScriptBlock(language: language, code: code.text(unit.lines), isKept: true))
    }
    return blocks
  }
}
