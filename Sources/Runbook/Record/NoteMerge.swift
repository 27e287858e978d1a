/// Three versions of a note that was run on two machines, made one: what people wrote is merged as text, without our
/// marks, and then the marks of the newest run are put in again. Pure; the text's merge is git's.
public struct NoteMerge {
  private let base: [UInt8]
  private let ours: [UInt8]
  private let theirs: [UInt8]

  public init(base: [UInt8], ours: [UInt8], theirs: [UInt8]) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
  }

  /// The three as their authors left them.
  public var stripped: (base: [UInt8], ours: [UInt8], theirs: [UInt8]) {
    (Note.stripping(base), Note.stripping(ours), Note.stripping(theirs))
  }

  /// The merged text with the marks of the newest run in it.
  ///
  /// - Parameter text: the three without marks, merged.
  public func marking(_ text: [UInt8]) -> (bytes: [UInt8], lost: [String]) {
    guard let newest, let merged = try? Note(text), merged.ownMarks.isEmpty else {
      return (text, [])
    }
    var marks = NoteMarks(readingFrom: newest)
    let places = Dictionary(
      zip(StepIdentity.identify(merged), merged.tasks.indices), uniquingKeysWith: { one, _ in one })
    let names = StepIdentity.identify(newest)
    var lost: [String] = []
    marks.items = marks.items.compactMap { item in
      guard let task = places[names[item.task]] else {
        lost.append("the step “\(names[item.task])” is not in the merged note, nor is its result")
        return nil
      }
      return NoteMarks.Item(task: task, group: item.group, ticks: item.ticks)
    }
    if merged.frontMatter == nil { marks.properties = [] }
    let insertion = merged.inserting(marks)
    return (insertion.bytes, lost + insertion.refusals.map(\.reason))
  }

  /// The side whose run is the latest; nil where none has marks, or one side took away those that both had.
  private var newest: Note? {
    let before = run(base)
    let sides = [ours, theirs].map { ($0, run($0)) }
    guard let latest = sides.compactMap(\.1).max() else { return nil }
    if latest == before, sides.contains(where: { $0.1 == nil }) { return nil }
    return sides.first { $0.1 == latest }.flatMap { try? Note($0.0) }
  }

  /// The latest run that a version carries the marks of. An id begins with its time.
  private func run(_ bytes: [UInt8]) -> String? {
    (try? Note(bytes))?.ownMarks.runs.max()
  }
}
