/// The exact text of each block that ran. As `text`, in callouts: a record is no note that can be run.
struct RecordBlocks {
  let plan: Plan
  let state: RunState
  let mask: SecretMask

  private static let limit = 320 << 10

  var text: String? {
    let callouts = BoundedText(plan.steps.flatMap(callouts), limit: Self.limit)
    guard !callouts.kept.isEmpty || callouts.left > 0 else { return nil }
    return "## What ran\n\n"
      + callouts.joined("\n\n") { "\($0) more blocks are left out, since the record is too long." }
  }

  private func callouts(_ step: Step) -> [String] {
    step.blocks.indices.compactMap { index in
      let attempts = state.blocks[BlockRef(step: step.id, index: index)]?.attempts ?? []
      let count = attempts.count { $0.result?.isVoid == false }
      guard count > 0 else { return nil }
      let block = step.blocks[index]
      return LogCallout(
        type: "example", title: title(step, block, count), isFolded: true,
        lines: Self.lines(block, mask)
      ).rendered(mark: nil).joined(separator: "\n")
    }
  }

  private func title(_ step: Step, _ block: Block, _ count: Int) -> String {
    var parts = ["\(step.number) \(step.title)"]
    if block.role != .run { parts.append(block.role.rawValue) }
    parts.append(block.language)
    if let host = block.options.host { parts.append("on \(host)") }
    if count > 1 { parts.append("\(count) times") }
    return parts.joined(separator: " · ")
  }

  /// What executes: the attributes in force, where there are any, and the code.
  static func lines(_ block: Block, _ mask: SecretMask) -> [String] {
    let attributes = block.attributes.filter { $0.key != block.role.rawValue }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    // Masked as a whole, since a secret may have more than one line.
    var code = String(decoding: mask.mask(block.code), as: UTF8.self)
    if code.hasSuffix("\n") { code.removeLast() }
    return (attributes.isEmpty ? [] : [mask.mask("{\(attributes.joined(separator: " "))}")])
      + code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
