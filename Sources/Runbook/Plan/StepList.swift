/// The steps of a plan while they are gathered, a parent before its children.
struct StepList {
  private(set) var steps: [Step] = []
  private var children: [[Int]] = []
  private var roots = 0

  /// The place of the next step.
  func next(under parent: Int?) -> StepPlace {
    guard let parent else { return StepPlace(number: "\(roots + 1)", parent: nil, depth: 0) }
    return StepPlace(
      number: "\(steps[parent].number).\(children[parent].count + 1)", parent: parent,
      depth: steps[parent].depth + 1)
  }

  /// - Returns: its index.
  mutating func append(_ step: Step) -> Int {
    if let parent = step.parent { children[parent].append(steps.count) } else { roots += 1 }
    steps.append(step)
    children.append([])
    return steps.count - 1
  }

  var finished: [Step] { zip(steps, children).map { $0.with(children: $1) } }
}
