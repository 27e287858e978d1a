import Glibc

@testable import Runbook

/// What reads the bytes: one reader of what comes from outside each.
enum FuzzTarget: String {
  case note, attributes
  case frontMatter = "front-matter"
  case duration, journal

  /// By the environment's `RUNBOOK_FUZZ`.
  static let chosen: FuzzTarget = {
    guard let name = getenv("RUNBOOK_FUZZ"),
      let target = FuzzTarget(rawValue: String(cString: name))
    else {
      print("RUNBOOK_FUZZ is none of note, attributes, front-matter, duration, journal")
      exit(2)
    }
    return target
  }()

  func read(_ bytes: [UInt8]) {
    switch self {
    case .note: readNote(bytes)
    case .attributes:
      let fence = Array("- [ ] A\n  ```bash {".utf8) + bytes.filter { $0 != 10 && $0 != 13 }
      readNote(fence + Array("}\n  true\n  ```\n".utf8))
    case .frontMatter: readNote(Array("---\n".utf8) + bytes + Array("\n---\n- [ ] A\n".utf8))
    case .duration: readDuration(String(decoding: bytes, as: UTF8.self))
    case .journal: readJournal(bytes)
    }
  }

  private func readNote(_ bytes: [UInt8]) {
    let stripped = Note.stripping(bytes)
    precondition(Note.stripping(stripped) == stripped, "what is stripped has no marks")
    guard let note = try? Note(bytes) else { return }
    var request = PlanRequest(file: "fuzz.md", title: "fuzz")
    request.isChecking = true
    let (plan, diagnostics) = Planner.plan(note, request)
    for diagnostic in diagnostics {
      precondition(diagnostic.line <= note.lines.count && !diagnostic.text.isEmpty)
    }
    precondition(Set(plan.steps.map(\.id)).count == plan.steps.count)
    precondition(ExecutableChange.between(plan.executable, plan.executable).isEmpty)
    precondition((try? plan.json(diagnostics)) != nil)
  }

  private func readDuration(_ text: String) {
    guard case .seconds(let seconds)? = TimeLimit(text) else { return }
    precondition(TimeLimit(TimeLimit.text(seconds)) != nil, "what is printed can be read")
  }

  private func readJournal(_ bytes: [UInt8]) {
    guard let contents = try? Journal.read(bytes) else { return }
    var state = RunState()
    for event in contents.events { state.apply(event) }
    _ = state.exitStatus
  }
}
