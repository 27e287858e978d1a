/// Says which step each fence of a note belongs to.
struct BlockAttachment {
  enum Owner {
    case task(Int)
    case nobody
    /// The problem, and the task that is nearest.
    case unclear(NoteProblem, Int)
  }

  private let note: Note
  /// For each list item block, its index in `note.tasks`.
  private let taskOfItem: [Int: Int]
  /// For each block, the sibling in front of it.
  private let previousSibling: [Int?]
  /// For each list block, its last item.
  private let lastItem: [Int: Int]
  /// For each task, its last child.
  private let lastChild: [Int: Int]

  init(_ note: Note) {
    self.note = note
    taskOfItem = Dictionary(
      note.tasks.enumerated().map { ($0.element.block, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var previous: [Int?] = []
    var last: [Int: Int] = [:]
    var lastSibling: [Int: Int] = [:]
    for (index, block) in note.blocks.enumerated() {
      let parent = block.parent ?? -1
      previous.append(lastSibling[parent])
      lastSibling[parent] = index
      if block.kind == .item { last[parent] = index }
    }
    previousSibling = previous
    lastItem = last
    lastChild = Dictionary(
      note.tasks.enumerated().compactMap { index, task in task.parent.map { ($0, index) } },
      uniquingKeysWith: { _, last in last })
  }

  /// `isAttached` says whether an earlier fence, directly between the list and this one, found its step.
  func owner(of fence: Fence, isAttached: (Int) -> Bool) -> Owner {
    guard let list = listDirectlyAbove(fence, isAttached) else {
      return fence.task.map { .task($0) } ?? .nobody
    }
    guard let item = lastItem[list], let task = taskOfItem[item] else {
      return fence.task.map { .task($0) } ?? .nobody
    }
    if let outer = fence.task {
      return .unclear(ambiguous(fence, outer, task), task)
    }
    if let child = lastChildTask(in: item, task) {
      return .unclear(ambiguous(fence, task, child), child)
    }
    return .task(task)
  }

  /// The list that ends just before the fence: only blank lines, or fences already attached, between.
  private func listDirectlyAbove(_ fence: Fence, _ isAttached: (Int) -> Bool) -> Int? {
    var candidate = previousSibling[fence.block]
    while let index = candidate {
      switch note.blocks[index].kind {
      case .list: return index
      case .fence where isAttached(index): candidate = previousSibling[index]
      default: return nil
      }
    }
    return nil
  }

  /// A task nested in the last item, under which the fence may have been meant to stand.
  private func lastChildTask(in item: Int, _ task: Int) -> Int? {
    guard let child = lastChild[task] else { return nil }
    return note.blocks[note.tasks[child].block].lastLine == note.blocks[item].lastLine
      ? child : nil
  }

  private func ambiguous(_ fence: Fence, _ outer: Int, _ inner: Int) -> NoteProblem {
    let outerTitle = StepText(note, note.tasks[outer]).title
    let innerTitle = StepText(note, note.tasks[inner]).title
    return NoteProblem(
      "this block could belong to “\(outerTitle)” or to “\(innerTitle)”",
      at: note.lines.content(of: fence.line).trimmed(in: note.bytes),
      fix: "indent it as far as the text of “\(innerTitle)”, or move it up to the text of "
        + "“\(outerTitle)”")
  }
}
