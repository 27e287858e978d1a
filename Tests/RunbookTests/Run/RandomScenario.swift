@testable import Runbook

/// A drawn note, with drawn people and drawn interruptions.
struct RandomScenario {
  let text: String
  let hasTerminal: Bool
  let options: RunOptions
  let interrupts: [String]
  let seed: UInt64

  init(seed: UInt64) {
    var random = SeededGenerator(seed)
    self.seed = seed
    var lines: [String] = []
    let roots = 1 + random.below(4)
    for _ in 0..<roots { Self.step(&lines, depth: 0, &random) }
    text = "---\nparams:\n  - SET=yes\n  - UNSET=\n---\n" + lines.joined(separator: "\n")
    hasTerminal = random.chance(50)
    var options = RunOptions()
    options.rollsBack = !random.chance(10)
    options.assumesYes = random.chance(20)
    options.asksBeforeSteps = random.chance(10)
    self.options = options
    interrupts = (0..<random.below(3)).map { _ in
      switch random.below(5) {
      case 0: "pause"
      case 1: "question \(random.pick(["manual", "failure", "confirm", "interrupt", "timeout"]))"
      case 2: "stopping"
      default: "run \(1 + random.below(8))"
      }
    }
  }

  private static func step(_ lines: inout [String], depth: Int, _ random: inout SeededGenerator) {
    let indent = String(repeating: "  ", count: depth)
    let isByHand = random.chance(5)
    var own: [String] = []
    if random.chance(10) { own.append(random.pick(["if=SET", "if=UNSET", "if=SET=yes"])) }
    if random.chance(7) { own.append("confirm=Sure?") }
    if random.chance(10) { own.append("on-error=\(random.pick(["stop", "continue", "rollback"]))") }
    let tail = own.isEmpty ? "" : " {\(own.joined(separator: " "))}"
    lines.append("\(indent)- [\(isByHand ? "x" : " ")] Step \(lines.count)\(tail)")
    let isManual = random.chance(10)
    if !isManual { blocks(&lines, indent + "  ", &random) }
    guard depth < 3, random.chance(35) else { return }
    for _ in 0..<1 + random.below(3) { step(&lines, depth: depth + 1, &random) }
  }

  private static func blocks(
    _ lines: inout [String], _ indent: String, _ random: inout SeededGenerator
  ) {
    for _ in 0..<1 + random.below(2) { lines.append(indent + block("", &random)) }
    for role in ["rollback", "rollback", "fallback", "done-if", "always"]
    where random.chance(role == "rollback" ? 45 : 20) {
      lines.append(indent + block(role, &random))
    }
  }

  private static func block(_ role: String, _ random: inout SeededGenerator) -> String {
    let ends = [
      "ok", "ok", "ok", "ok after 3", "prints word", "exit 1", "exit 1; ok", "ok; exit 2", "hang",
      "hang; ok", "stubborn", "lost", "missing", "missing; ok", "signal 9", "unkillable",
    ]
    var parts = role.isEmpty ? [] : [role]
    parts.append("timeout=\(2 + random.below(9))")
    if random.chance(20) { parts.append("idle=\(2 + random.below(6))") }
    if random.chance(20) { parts.append("retries=\(random.below(3)) delay=\(random.below(4))") }
    if random.chance(8) { parts.append("if=\(random.pick(["SET", "UNSET", "!SET"]))") }
    if random.chance(6) { parts.append("confirm=Really?") }
    if random.chance(4), role != "done-if" { parts.append("interactive") }
    if role.isEmpty {
      if random.chance(20) {
        parts.append("on-timeout=\(random.pick(["extend", "background", "cancel"]))")
      }
      if random.chance(20) {
        parts.append("on-error=\(random.pick(["stop", "continue", "rollback"]))")
      }
      if random.chance(8) { parts.append("every=3 for=\(3 + random.below(12))") }
    }
    return "| \(random.pick(ends)) {\(parts.joined(separator: " "))}"
  }

  func run(_ plan: Plan) -> SimulatedRun {
    let seed = seed
    let world = SimulatedWorld(plan, interrupts: interrupts) { question, place in
      let topic = question.topic
      let key = "\(topic.kind) \(topic.step?.text ?? "") \(topic.block ?? -1) \(place)"
      var hash = seed
      for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      var random = SeededGenerator(hash)
      if question.seconds != nil, random.chance(25) { return nil }
      // Somebody who tries again for ever would never come to an end.
      let endless: Set<Answer.Choice> = [.retry, .wait, .run]
      let hangs =
        topic.step.flatMap { step in topic.block.map { BlockRef(step: step, index: $0) } }
        .flatMap { plan.block($0) }.map { ScriptedTry.tries($0.code) } ?? []
      // What never ends by itself would go on for ever.
      if hangs.contains(where: { $0.naturalSeconds == nil }), topic.kind == .timeout {
        return random.pick(question.choices.filter { $0 != .background && $0 != .wait })
      }
      let choices = place > 2 ? question.choices.filter { !endless.contains($0) } : question.choices
      return random.pick(choices.isEmpty ? question.choices : choices)
    }
    var run = SimulatedRun(world)
    run.options = options
    run.canAsk = hasTerminal
    return run
  }
}
