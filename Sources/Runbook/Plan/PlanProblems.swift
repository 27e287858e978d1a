/// What is wrong with the notes of a plan. Each note has a collector of its own, so that a problem is told where it
/// stands; the note that is run has the first.
struct PlanProblems {
  private var collectors: [DiagnosticCollector]
  private var places: [String: Int]
  /// Of files that are no notes, or of more than one note.
  private var others: [Diagnostic] = []

  init(_ note: Note, file: String, path: String) {
    collectors = [DiagnosticCollector(note: note, file: file)]
    places = [path: 0]
  }

  /// The index of a note; it is new where it was not asked for before.
  mutating func index(of note: Note, _ source: NoteSource) -> (index: Int, isNew: Bool) {
    if let known = places[source.path] { return (known, false) }
    places[source.path] = collectors.count
    collectors.append(DiagnosticCollector(note: note, file: source.file))
    return (collectors.count - 1, true)
  }

  subscript(index: Int) -> DiagnosticCollector {
    get { collectors[index] }
    _modify { yield &collectors[index] }
  }

  mutating func add(_ diagnostic: Diagnostic) { others.append(diagnostic) }

  /// Note by note; a note that is embedded twice says what is wrong with it once.
  var all: [Diagnostic] {
    let all = collectors.flatMap(\.sorted) + others
    var told = Set<Diagnostic>(minimumCapacity: all.count)
    return all.filter { told.insert($0).inserted }
  }
}
