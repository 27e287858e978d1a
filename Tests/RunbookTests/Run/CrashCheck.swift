import TestSupport
import Testing

@testable import Runbook

/// Holds a run that goes on after a crash against one that never crashed.
struct CrashCheck {
  let plan: Plan
  /// A fresh run in a fresh world.
  let make: () -> SimulatedRun

  func run(_ label: String = "") throws {
    var whole = make()
    let end = whole.run()
    if case .stuck(let why) = end {
      Issue.record("\(label) stuck: \(why)\n\(whole.transcript.joined(separator: "\n"))")
      return
    }
    check(whole, end, label)
    for number in 2...whole.events.count {
      // By turns: the events of one scenario are much like those of the next.
      let crashes = [SimulatedRun.Crash.after(number), .before(number)]
      for crash in LongForm.isWanted ? crashes : [crashes[number % 2]] {
        guard let (_, second, secondEnd) = crashed(crash, keepsTranscript: false) else { continue }
        guard secondEnd == end, second.world.log == whole.world.log else {
          let again = crashed(crash, keepsTranscript: true)
          let lines =
            (again?.first.transcript ?? []) + ["*** \(crash)"] + (again?.second.transcript ?? [])
          Issue.record(
            """
            \(label) \(crash): \(secondEnd) instead of \(end)
            ran \(second.world.log)
            not \(whole.world.log)
            \(lines.joined(separator: "\n"))
            """)
          return
        }
        check(second, secondEnd, "\(label) \(crash)")
      }
    }
  }

  /// A run that crashes there, and the one that goes on with its journal; nil where it ends before.
  private func crashed(
    _ crash: SimulatedRun.Crash, keepsTranscript: Bool
  ) -> (first: SimulatedRun, second: SimulatedRun, end: SimulatedRun.End)? {
    var first = make()
    first.crash = crash
    first.keepsTranscript = keepsTranscript
    guard first.run() == .crashed else { return nil }
    var second = SimulatedRun(first.world, journal: first.events)
    second.options = first.options
    second.onAmbiguous = first.onAmbiguous
    second.keepsTranscript = keepsTranscript
    // Whoever left comes back no more.
    second.canAsk = first.canAsk && !first.state.isLeaving
    let end = second.run()
    return (first, second, end)
  }

  /// What holds for any run, however it went.
  private func check(
    _ run: SimulatedRun, _ end: SimulatedRun.End, _ label: @autoclosure () -> String
  ) {
    let begun = Set(run.state.begun)
    for (reference, count) in run.world.runs where count > 0 {
      guard let block = plan.block(reference), block.role == .rollback else { continue }
      hold(begun.contains(reference.step), "\(label()): undone, though never begun")
      hold(
        hasRun(reference.step, run) || isVouched(reference.step, run),
        "\(label()): undone, though nothing ran")
    }
    guard case .ended(let outcome) = end else { return }
    hold(run.state.open.isEmpty, "\(label()): open steps at the end")
    guard outcome == .succeeded || outcome == .warnings else { return }
    for step in plan.steps where step.exclusion == nil && !isLeftOut(step, run.state) {
      hold(run.state.steps[step.id]?.result != nil, "\(label()): \(step.title) has no end")
    }
    for step in plan.steps where run.state.steps[step.id]?.result == .succeeded {
      for index in step.blocks(.run) {
        let progress = run.state.blocks[BlockRef(step: step.id, index: index)]
        let isSettled =
          progress?.last?.result?.isSuccess == true || progress?.skipped != nil
          || progress?.last?.result?.isTimeout == true || progress?.last?.ambiguity == .skip
        hold(isSettled, "\(label()): a block of \(step.title) was passed over in silence")
      }
    }
  }

  /// A plain comparison: hundreds of thousands of expectations would cost more than the runs.
  private func hold(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { Issue.record(Comment(rawValue: message())) }
  }

  /// A person has said that it is done.
  private func isVouched(_ step: StepID, _ run: SimulatedRun) -> Bool {
    run.state.questions.contains { topic, asked in
      guard topic.kind == .failure, asked.answer?.choice == .done else { return false }
      var current = topic.step.flatMap { plan.step($0) }
      while let found = current {
        if found.id == step { return true }
        current = found.parent.map { plan.steps[$0] }
      }
      return false
    }
  }

  private func isLeftOut(_ step: Step, _ state: RunState) -> Bool {
    var parent = step.parent
    while let index = parent {
      let result = state.steps[plan.steps[index].id]?.result
      // A child of a step that was skipped, or let pass before its children, is told by that step.
      if result == .skipped || result == .warning { return true }
      parent = plan.steps[index].parent
    }
    return false
  }

  /// The step or one below it.
  private func hasRun(_ step: StepID, _ run: SimulatedRun) -> Bool {
    run.world.processes.keys.contains { attempt in
      guard let role = plan.block(attempt.block)?.role, role == .run || role == .fallback else {
        return false
      }
      var current = plan.step(attempt.block.step)
      while let found = current {
        if found.id == step { return true }
        current = found.parent.map { plan.steps[$0] }
      }
      return false
    }
  }
}
