import Testing

@testable import Runbook

/// A plan from text, for tests of single points.
enum PlanNote {
  static func plan(
    _ text: String, _ configure: (inout PlanRequest) -> Void = { _ in }
  ) throws -> (plan: Plan, diagnostics: [Diagnostic]) {
    var request = PlanRequest(file: "note.md", title: "note")
    configure(&request)
    return Planner.plan(try Note(Array(text.utf8)), request)
  }

  /// A note of one step with one block.
  static func step(_ attributes: String, front: String = "") -> String {
    (front.isEmpty ? "" : "---\n\(front)\n---\n")
      + "- [ ] Go\n  ```bash \(attributes)\n  true\n  ```\n"
  }

  static func messages(
    _ text: String, _ configure: (inout PlanRequest) -> Void = { _ in }
  ) throws -> [String] {
    try plan(text, configure).diagnostics.map(\.message)
  }
}
