/// Walks the selected task items of a note as a tree, and hands each what it has from those around it.
struct StepTree {
  struct Context {
    /// Index in `note.tasks`.
    let task: Int
    let number: String
    /// Index among the steps.
    let parent: Int?
    let depth: Int
    let inherited: AttributeSet
    /// A step around it was ticked or cancelled by hand.
    let isInByHand: Bool
    let hasChildren: Bool
    /// 0-based.
    let firstChildLine: Int?
  }

  let tasks: [TaskItem]
  let selected: [Int]

  func steps(_ make: (Context) -> Step) -> [Step] {
    var steps: [Step] = []
    var stepOfTask: [Int: Int] = [:]
    var children: [[Int]] = []
    var rootCount = 0
    let firstChild = Dictionary(
      selected.compactMap { index in tasks[index].parent.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    for task in selected {
      // A task around this one that isn't selected can't be: sections don't cut through lists.
      let parent = tasks[task].parent.flatMap { stepOfTask[$0] }
      let place: String
      if let parent {
        children[parent].append(steps.count)
        place = "\(steps[parent].number).\(children[parent].count)"
      } else {
        rootCount += 1
        place = String(rootCount)
      }
      let outer = parent.map { steps[$0] }
      stepOfTask[task] = steps.count
      children.append([])
      steps.append(
        make(
          Context(
            task: task, number: place, parent: parent, depth: (outer?.depth ?? -1) + 1,
            inherited: outer?.inherited ?? AttributeSet(), isInByHand: outer?.isByHand ?? false,
            hasChildren: firstChild[task] != nil,
            firstChildLine: firstChild[task].map { tasks[$0].line })))
    }
    return zip(steps, children).map { $0.with(children: $1) }
  }
}
