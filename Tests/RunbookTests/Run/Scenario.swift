@testable import Runbook

/// A note whose blocks say what they will do, and what people do meanwhile.
struct Scenario: Sendable, CustomStringConvertible {
  let name: String
  /// Steps as in a note, each block on a line of its own: `  | ok {attributes}`.
  let text: String
  /// The notes that it embeds, by name, in the same form.
  var parts: [String: String] = [:]
  /// Given in this order to the questions of each kind: `failure: retry stop`.
  var answers: [String] = []
  var interrupts: [String] = []
  var hasTerminal = false
  var noRollback = false
  var yes = false
  var asksBeforeSteps = false
  var only: [String] = []
  var from: String?
  var continues = false
  var onAmbiguous: AmbiguityPolicy?
  /// The exit status.
  let status: Int32

  var description: String { name }

  /// The note's Markdown: the short form's blocks made fences.
  static func markdown(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard let bar = line.firstIndex(of: "|"), line[..<bar].allSatisfy({ $0 == " " }) else {
        return String(line)
      }
      let rest = line[line.index(after: bar)...].drop { $0 == " " }
      let indent = String(line[..<bar])
      let brace = rest.firstIndex(of: "{") ?? rest.endIndex
      let code = rest[..<brace].split(separator: " ").joined(separator: " ")
      let attributes = rest[brace...]
      return "\(indent)```sh \(attributes)\n\(indent)\(code)\n\(indent)```"
    }.joined(separator: "\n")
  }

  func plan() throws -> Plan { try Self.plan(text, self) }

  static func plan(_ text: String, _ scenario: Scenario? = nil) throws -> Plan {
    var request = PlanRequest(file: "Note.md", title: "Note")
    request.choices.only = scenario?.only ?? []
    request.choices.from = scenario?.from
    request.choices.continuesOnError = scenario?.continues ?? false
    let note = try Note(Array(markdown(text).utf8))
    request.embeds = try EmbeddedNotes.of(
      (scenario?.parts ?? [:]).mapValues(markdown), in: note, named: "Note")
    let (plan, diagnostics) = Planner.plan(note, request)
    guard diagnostics.allSatisfy({ $0.severity != .error }) else {
      throw BadNote(text: "\(diagnostics.map(\.text).joined(separator: "\n"))\n\(text)")
    }
    return plan
  }

  struct BadNote: Error { let text: String }

  var options: RunOptions {
    var options = RunOptions()
    options.rollsBack = !noRollback
    options.assumesYes = yes
    options.asksBeforeSteps = asksBeforeSteps
    return options
  }

  func world(_ plan: Plan) -> SimulatedWorld {
    var script: [String: [Answer.Choice?]] = [:]
    for line in answers {
      let parts = line.split(separator: ":")
      script[String(parts[0])] = parts[1].split(separator: " ").map {
        Answer.Choice(rawValue: String($0))
      }
    }
    var given: [Question.Topic: Int] = [:]
    var counts: [String: Int] = [:]
    return SimulatedWorld(plan, interrupts: interrupts) { question, _ in
      let kind = question.topic.kind.rawValue
      let place = given[question.topic] ?? counts[kind, default: 0]
      if given[question.topic] == nil {
        given[question.topic] = place
        counts[kind] = place + 1
      }
      let choices = script[kind] ?? []
      return place < choices.count ? choices[place] : nil
    }
  }

  func run(_ world: SimulatedWorld, journal: [RunEvent] = []) -> SimulatedRun {
    var run = SimulatedRun(world, journal: journal)
    run.options = options
    run.canAsk = hasTerminal
    run.onAmbiguous = onAmbiguous
    return run
  }
}
