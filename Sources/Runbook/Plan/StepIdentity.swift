/// Gives each task item of a note the identity by which it is found again after edits.
public enum StepIdentity {
  /// One for each of `note.tasks`, in their order, all different: equal ones are told apart by an ordinal that
  /// names their number too, so that nothing is mistaken when one of them is added or deleted.
  public static func identify(_ note: Note) -> [StepID] {
    let texts = note.tasks.map { StepText(note, $0) }
    return identify(note, texts).ids
  }

  struct Names {
    var ids: [StepID] = []
    /// Whether another task has the same id or text.
    var isShared: [Bool] = []
  }

  static func identify(_ note: Note, _ texts: [StepText]) -> Names {
    let names = names(note, texts)
    var total = [String: Int](minimumCapacity: names.count)
    for name in names { total[name, default: 0] += 1 }
    var seen: [String: Int] = [:]
    var result = Names()
    for name in names {
      let count = total[name] ?? 1
      result.isShared.append(count > 1)
      guard count > 1 else {
        result.ids.append(StepID(name))
        continue
      }
      let ordinal = (seen[name] ?? 0) + 1
      seen[name] = ordinal
      result.ids.append(StepID("\(name) (\(ordinal) of \(count))"))
    }
    return result
  }

  private static func names(_ note: Note, _ texts: [StepText]) -> [String] {
    let paths = HeadingPaths(note)
    var titles: [String] = []
    for (index, task) in note.tasks.enumerated() {
      let own = texts[index].title
      if let parent = task.parent {
        titles.append(titles[parent] + "/" + own)
      } else {
        let path = paths.path(at: task.line).joined(separator: "/")
        titles.append(path.isEmpty ? own : path + "/" + own)
      }
    }
    return zip(titles, texts).map { title, text in text.blockID.map { "^" + $0 } ?? title }
  }
}
