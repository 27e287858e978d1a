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

  /// As in any merge: where one side alone changed the marks, its, also if it took them out; else those of the later
  /// run. Nil: none.
  private var newest: Note? {
    let before = MarkedVersion(base)
    let (one, other) = (MarkedVersion(ours), MarkedVersion(theirs))
    if one?.marks == before?.marks { return other?.note }
    if other?.marks == before?.marks { return one?.note }
    guard let one else { return other?.note }
    guard let other else { return one.note }
    return one.isEarlier(than: other) ? other.note : one.note
  }
}
