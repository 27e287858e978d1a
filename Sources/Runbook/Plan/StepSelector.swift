/// Finds the step that a person means by a number, a block id, or (the beginning of) its text.
public struct StepSelector: Sendable {
  private let steps: [Step]

  public init(_ steps: [Step]) { self.steps = steps }

  public enum Match: Sendable, Equatable {
    /// An index in the plan's steps.
    case step(Int)
    case none(nearest: String?)
    case several([String])
  }

  public func find(_ text: String) -> Match {
    let wanted = text.lowercased()
    let tests: [(Step) -> Bool] = [
      { $0.number == text },
      { $0.id.text == text || $0.id.text == "^" + text },
      { $0.id.ends(inBlock: text.hasPrefix("^") ? String(text.dropFirst()) : text) },
      { $0.title.lowercased() == wanted },
      { $0.fullTitle.lowercased() == wanted },
      { InlineFields.removed(from: $0.title).lowercased() == wanted },
      { $0.title.lowercased().hasPrefix(wanted) },
      { $0.title.lowercased().contains(wanted) },
    ]
    for test in tests {
      let found = steps.indices.filter { test(steps[$0]) }
      if found.count == 1 { return .step(found[0]) }
      if found.count > 1 {
        return .several(found.map { "\(steps[$0].number) \(steps[$0].fullTitle)" })
      }
    }
    let names = steps.map { $0.title.lowercased() }
    return .none(nearest: Spelling.nearest(to: wanted, among: names))
  }
}
