import Runbook

/// What is to be said of a step in one row.
enum StepSummary {
  /// The telling line of the step's first block, and how many blocks more there are.
  static func command(_ step: Step) -> String {
    let runs = step.blocks(.run)
    guard let first = runs.first ?? step.blocks(.always).first else { return "" }
    let more = runs.count > 1 ? " (+\(runs.count - 1))" : ""
    return line(of: step.blocks[first]) + more
  }

  static func remarks(_ step: Step) -> [String] {
    switch step.exclusion {
    case .byHand: return ["by hand: its box is set"]
    case .notSelected(let reason): return ["left out: \(reason)"]
    case nil: break
    }
    let blocks = step.blocks(.run).map { step.blocks[$0] }
    var remarks = step.isManual ? ["a person does it"] : []
    if let note = step.embeds { remarks.append("embeds \(note.file)") }
    remarks += places(blocks)
    remarks += conditions(step, blocks)
    remarks += repetition(blocks)
    if !step.blocks(.doneIf).isEmpty { remarks.append("left out if done already") }
    if !step.blocks(.fallback).isEmpty { remarks.append("has a fallback") }
    if !step.blocks(.rollback).isEmpty { remarks.append("can be undone") }
    remarks += failures(blocks)
    if !step.blocks(.always).isEmpty { remarks.append("has a block for the very end") }
    return remarks
  }

  private static func places(_ blocks: [Block]) -> [String] {
    var names: [String] = []
    for block in blocks {
      let name =
        block.options.hosts.map { "group \($0)" }
        ?? (BlockOptions.isLocal(block.options.host) ? nil : block.options.host)
      if let name, !names.contains(name) { names.append(name) }
    }
    return names.isEmpty ? [] : ["on " + names.joined(separator: ", ")]
  }

  private static func conditions(_ step: Step, _ blocks: [Block]) -> [String] {
    var remarks: [String] = []
    let own = [step.condition].compactMap(\.self)
    let ofBlocks = blocks.compactMap(\.options.condition)
    // A condition on some of the blocks is not the step's.
    let shared = ofBlocks.count == blocks.count ? ofBlocks : []
    for condition in own + shared where !remarks.contains("only if \(condition.words)") {
      remarks.append("only if \(condition.words)")
    }
    if remarks.isEmpty, !ofBlocks.isEmpty { remarks.append("some of it on a condition") }
    if step.confirm != nil || blocks.contains(where: { $0.options.confirm != nil }) {
      remarks.append("asks first")
    }
    return remarks
  }

  private static func repetition(_ blocks: [Block]) -> [String] {
    var remarks: [String] = []
    if let most = blocks.map(\.options.retries).max(), most > 0 {
      remarks.append("up to \(most + 1) tries")
    }
    for block in blocks {
      if let every = block.options.every, let length = block.options.for {
        remarks.append("every \(TimeLimit.text(every)) for \(TimeLimit.text(length))")
      }
    }
    return remarks
  }

  private static func failures(_ blocks: [Block]) -> [String] {
    let policies = blocks.map(\.options.onError)
    let going = policies.count { $0 == .continue }
    if going > 0 { return [going == policies.count ? "may fail" : "part of it may fail"] }
    return policies.contains(.stop) ? ["stops on failure"] : []
  }

  // MARK: The telling line

  /// The first line that does something: going to a folder, setting variables and defining functions don't.
  private static func line(of block: Block) -> String {
    let code = String(decoding: block.code.prefix(16_384), as: UTF8.self)
    let lines = code.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    var inFunction = false
    for line in lines {
      if inFunction {
        inFunction = !line.hasPrefix("}")
      } else if isFunction(line) {
        inFunction = !line.hasSuffix("}")
      } else if !isNoise(line) {
        return String(line)
      }
    }
    return lines.first.map(String.init) ?? block.language
  }

  private static func isFunction(_ line: Substring) -> Bool {
    line.hasPrefix("function ") || line.hasPrefix("def ")
      || line.prefix { $0 != " " && $0 != "(" && $0 != "=" }.endIndex != line.endIndex
        && line.drop { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.hasPrefix("()")
  }

  private static func isNoise(_ line: Substring) -> Bool {
    let word = line.prefix { $0 != " " && $0 != ";" && $0 != "\t" }
    if noise.contains(String(word)) { return true }
    if line.hasSuffix(";;") || line.hasPrefix("*") { return true }
    // An assignment counts if a command gives its value.
    guard let equals = word.firstIndex(of: "="), VariableName.isValid(word[..<equals]) else {
      return false
    }
    return !word[word.index(after: equals)...].hasPrefix("$(")
  }

  private static let noise: Set<String> = [
    "cd", "set", "shopt", "export", "local", "declare", "readonly", "source", ".", "trap", "umask",
    "mkdir", "echo", "printf", "if", "then", "else", "elif", "fi", "for", "while", "until", "do",
    "done", "case", "esac", "{", "}", "(", ")", "[", "[[", "test", "exit", "return", "true", ":",
    "import", "from", "require", "const", "let", "var", "pushd", "popd", "unset", "sleep",
  ]
}

extension Condition {
  /// The condition as one reads it behind “only if”.
  fileprivate var words: String {
    switch test {
    case .isSet: "\(name) is set"
    case .isEmpty: "\(name) is empty"
    case .equals(let value): "\(name) is \(value)"
    case .differs(let value): "\(name) is not \(value)"
    }
  }
}
