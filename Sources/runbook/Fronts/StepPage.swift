import Runbook

/// What a person may want to read before answering: the blocks that the question is about, with their lines in the
/// note, and all that they have printed.
struct StepPage {
  struct Part {
    let block: BlockRef
    let attempts: [BlockProgress.Attempt]
  }

  let plan: Plan
  let step: Step
  let parts: [Part]

  /// Nil where there is nothing to be read.
  init?(_ question: Question, _ plan: Plan, _ state: RunState) {
    let topic = question.topic
    let id = topic.step ?? state.running?.attempt.block.step ?? state.open.last?.step
    guard let id, let step = plan.step(id) else { return nil }
    let indices = topic.block.map { [$0] } ?? Array(step.blocks.indices)
    parts = indices.filter { step.blocks.indices.contains($0) }.map { index in
      let block = BlockRef(step: id, index: index)
      return Part(block: block, attempts: state.blocks[block]?.attempts ?? [])
    }
    guard !parts.isEmpty else { return nil }
    self.plan = plan
    self.step = step
  }

  func page(_ logs: LogReader) -> Page {
    Page(
      title: "\(step.number) \(step.fullTitle)", lines: parts.flatMap { lines(of: $0, logs) })
  }

  private func lines(of part: Part, _ logs: LogReader) -> [String] {
    guard let block = plan.block(part.block) else { return [] }
    let role = block.role == .run ? "" : ", \(block.role.rawValue)"
    var lines = ["\(block.place.file):\(block.line): \(block.language)\(role)"]
    let code = PlainText.lines(of: block.code)
    let width = String(block.line + code.count).count
    for (offset, text) in code.enumerated() {
      let number = String(block.line + 1 + offset)
      lines.append(String(repeating: " ", count: width - number.count + 2) + number + "  " + text)
    }
    for attempt in part.attempts { lines += self.lines(of: attempt, part.block, block, logs) }
    return lines + [""]
  }

  private func lines(
    of attempt: BlockProgress.Attempt, _ reference: BlockRef, _ block: Block, _ logs: LogReader
  ) -> [String] {
    let log = logs.log(of: attempt, reference, block.role, head: 0, tail: Self.mostLines)
    let end =
      attempt.result.map { "\(log.failure ?? $0.summary), \(Elapsed.text($0.took))" }
      ?? "still running"
    var lines = ["", "try \(attempt.number): \(end)"]
    if log.omitted != 0 { lines.append("… the beginning is left out; `runbook logs` has it …") }
    lines += log.tail
    if log.tail.isEmpty { lines.append("(it has printed nothing)") }
    return lines
  }

  /// More than anybody reads at a question.
  private static let mostLines = 100_000
}
