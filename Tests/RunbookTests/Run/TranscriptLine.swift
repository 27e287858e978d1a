import Foundation

@testable import Runbook

/// An event, or what the runner is told to do, as a line that people can check.
struct TranscriptLine {
  private let world: SimulatedWorld

  init(_ world: SimulatedWorld) { self.world = world }

  func event(_ event: RunEvent) -> String {
    let time = String(format: "%7.1f  ", event.uptime)
    return time + words(event.kind)
  }

  func action(_ action: Action) -> String? {
    switch action {
    case .wait(let wait):
      var parts: [String] = []
      if let attempt = wait.attempt { parts.append("the end of \(name(attempt))") }
      if let deadline = wait.deadline { parts.append(String(format: "%.1f", deadline)) }
      if let idle = wait.idle { parts.append("\(idle) s of silence") }
      if let topic = wait.question {
        parts.append("an answer (\(topic.kind.rawValue))")
        if let end = wait.questionDeadline { parts.append(String(format: "until %.1f", end)) }
      }
      if let pause = wait.pause { parts.append(String(format: "%.1f, a pause", pause.until)) }
      return "         > wait for " + parts.joined(separator: " or ")
    case .stop(let attempt, _, let isImmediate):
      return "         > \(isImmediate ? "kill" : "stop") \(name(attempt))"
    case .start(let attempt): return "         > start \(name(attempt))"
    case .leave: return "         > leave the run to another runner"
    default: return nil
    }
  }

  private func name(_ attempt: AttemptRef) -> String {
    world.name(attempt.block) + (attempt.attempt > 1 ? " try \(attempt.attempt)" : "")
  }

  private func title(_ step: StepID?) -> String {
    step.map { world.plan.step($0)?.title ?? $0.text } ?? "-"
  }

  private func words(_ kind: RunEvent.Kind) -> String {
    switch kind {
    case .runStarted: "the run starts"
    case .runner(let info): info.canAsk ? "a runner, with a terminal" : "a runner"
    case .stepStarted(let value): "step \(title(value.step))"
    case .stepEnded(let value):
      "step \(title(value.step)): \(value.result.rawValue)"
        + (value.exit.map { ", exit \($0)" } ?? "") + (value.reason.map { ", \($0)" } ?? "")
    case .evaluated(let value): "if: \(value.holds)"
    case .blockStarted(let value): "started \(name(value.attempt))"
    case .overdue(let value):
      "\(name(value.attempt)) is \(value.isSilence ? "silent" : "overdue")"
    case .extended(let value):
      value.seconds.map {
        "\(name(value.attempt)) gets \($0) s more\(value.isSilence ? " of silence" : "")"
      } ?? "\(name(value.attempt)) has no limit any more"
    case .stopping(let value):
      "stopping \(name(value.attempt)): \(value.reason.rawValue)"
        + (value.isImmediate ? ", at once" : "")
    case .blockEnded(let value): "ended \(name(value.attempt)): \(value.result.summary)"
    case .blockSkipped(let value):
      "\(value.isRefusal ? "refused" : "skipped") \(world.name(value.block)): \(value.reason)"
    case .captured(let value): "captured \(value.name), \(value.bytes) bytes"
    case .pauseEnded(let block): "pause of \(world.name(block)) over"
    case .asked(let question):
      "asked “\(question.text)” "
        + question.choices.map(\.rawValue).joined(separator: "/")
        + (question.seconds.map { ", \($0) s" } ?? "")
        + (question.otherwise.map { ": \($0)" } ?? "")
        + effects(question)
    case .answered(let value): "answer (\(value.topic.kind.rawValue)): \(value.answer.choice)"
    default: rare(kind)
    }
  }

  private func effects(_ question: Question) -> String {
    question.choices.compactMap { choice in
      question.effect(of: choice).map { "\n           \(choice.rawValue): \($0)" }
    }.joined()
  }

  private func rare(_ kind: RunEvent.Kind) -> String {
    switch kind {
    case .withdrawn(let topic): "withdrawn (\(topic.kind.rawValue))"
    case .ambiguitySettled(let value): "settled \(name(value.attempt)): \(value.text)"
    case .blockBegan(let value): "began \(name(value.attempt)) there"
    case .blockFollowed(let value): "followed \(name(value.attempt)) anew"
    case .link(let value): value.isUp ? "\(value.host) is back" : "\(value.host) is lost"
    case .leaving: "leaving"
    case .cancelRequested(let value): "interrupted by \(value.by)"
    case .failed(let value):
      "FAILED at \(title(value.step)): \(value.kind.rawValue)"
        + (value.exit.map { ", exit \($0)" } ?? "") + (value.reason.map { ", \($0)" } ?? "")
        + " → \(value.next.rawValue)"
    case .rollbackStarted(let value):
      "ROLLBACK of " + value.steps.map { title($0) }.joined(separator: ", ")
    case .stepRolledBack(let value):
      "undone \(title(value.step)): \(value.isComplete ? "whole" : "not whole")"
    case .rollbackAbandoned: "the rollback is abandoned"
    case .finishing: "finishing"
    case .paused(let value): "PAUSED at \(title(value.step)): \(value.reason)"
    case .suspended(let value): "the machine slept for \(value.seconds) s"
    case .warned(let value): "warning: \(value.text)"
    case .reopened(let value):
      "REOPENED by \(value.by) at \(title(value.step)), run again: "
        + value.blocks.map { world.name($0) }.joined(separator: ", ")
    case .runEnded(let value): "END \(value.outcome.rawValue)"
    default: "\(kind)"
    }
  }
}
