import ArgumentParser
import Runbook

/// The options that say what a plan is made with.
struct PlanOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Give a parameter a value; may be repeated.", valueName: "NAME=VALUE"))
  var assignments: [String] = []

  @Option(
    help: ArgumentHelp(
      "Deadline of blocks that name none, or a longer one, such as 10m.", valueName: "duration"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "What a deadline leads to: cancel, fallback, extend or background.", valueName: "policy"),
    completion: .values(of: TimeoutPolicy.self))
  var onTimeout: String?

  @Flag(help: "Go on after a failure, where a block does not say otherwise.")
  var continueOnError = false

  @Option(help: ArgumentHelp("Begin at this step.", valueName: "step"), completion: .stepOfNote)
  var from: String?

  @Option(
    help: ArgumentHelp("Run only this step; may be repeated.", valueName: "step"),
    completion: .stepOfNote)
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Leave this step out; may be repeated.", valueName: "step"),
    completion: .stepOfNote)
  var skip: [String] = []

  func validate() throws {
    for text in assignments {
      guard let equals = text.firstIndex(of: "="), VariableName.isValid(text[..<equals]) else {
        throw ValidationError("--set \(text): write NAME=value")
      }
    }
    if let timeout, TimeLimit(timeout) == nil {
      throw ValidationError("--timeout \(timeout): \(TimeLimit.syntaxHelp)")
    }
    if let onTimeout, TimeoutPolicy(rawValue: onTimeout) == nil {
      throw ValidationError(
        "--on-timeout \(onTimeout): write cancel, fallback, extend or background")
    }
  }

  func apply(to request: inout PlanRequest) {
    request.assignments = assignments.compactMap { text in
      text.firstIndex(of: "=").map {
        PlanRequest.Assignment(
          name: String(text[..<$0]), value: String(text[text.index(after: $0)...]))
      }
    }
    request.choices = choices
  }

  var choices: PlanChoices {
    var choices = PlanChoices()
    choices.timeout = timeout.flatMap { TimeLimit($0) }
    choices.onTimeout = onTimeout.flatMap { TimeoutPolicy(rawValue: $0) }
    choices.continuesOnError = continueOnError
    choices.from = from
    choices.only = only
    choices.skip = skip
    return choices
  }
}
