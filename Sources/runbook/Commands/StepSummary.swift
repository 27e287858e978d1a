import Runbook

/// What is to be said of a step in one row.
enum StepSummary {
  /// The telling line of the step's first block, and how many blocks more there are.
  static func command(_ step: Step) -> String {
    let runs = step.blocks(.run)
    guard let first = runs.first ?? step.blocks(.always).first else { return "" }
    let more = runs.count > 1 ? " (+\(runs.count - 1))" : ""
    return step.blocks[first].tellingLine + more
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
      remarks.append("up to \(most + 1) tries" + pauses(blocks))
    }
    for block in blocks {
      if let every = block.options.every, let length = block.options.for {
        remarks.append("every \(TimeLimit.text(every)) for \(TimeLimit.text(length))")
      }
    }
    return remarks
  }

  /// Between the tries, where all say the same.
  private static func pauses(_ blocks: [Block]) -> String {
    let delays = Set(blocks.filter { $0.options.retries > 0 }.map(\.options.delay))
    guard delays.count == 1, let delay = delays.first else { return "" }
    guard let delay else { return ", 1 s to \(Int(BlockOptions.longestPause)) s apart" }
    return delay > 0 ? ", \(TimeLimit.text(delay)) apart" : ""
  }

  private static func failures(_ blocks: [Block]) -> [String] {
    let policies = blocks.map(\.options.onError)
    let going = policies.count { $0 == .continue }
    if going > 0 { return [going == policies.count ? "may fail" : "part of it may fail"] }
    return policies.contains(.stop) ? ["stops on failure"] : []
  }
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
