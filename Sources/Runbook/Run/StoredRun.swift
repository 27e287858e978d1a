/// A run as its folder tells it.
public struct StoredRun {
  public let id: RunID
  public let folder: RunFolder
  public let header: RunHeader
  public let events: [RunEvent]
  public let state: RunState
  /// Bytes of whole events; what stands behind them was torn by a crash.
  let journalLength: Int64
  /// The note as it was.
  public let note: Note
  public let request: PlanRequest
  /// Made again from the note as it was and the parameters that are no secrets.
  public let plan: Plan

  init(folder: RunFolder, id: RunID) throws(RunArchive.Problem) {
    self.folder = folder
    self.id = id
    do {
      let contents = try Journal.read(try WholeFile.read(folder.journal))
      events = contents.events
      journalLength = contents.length
      state = RunState(contents.events)
      guard let header = state.header else {
        throw RunArchive.Problem(
          message: "the run \(id.text) never began", fix: "delete \(folder.path)")
      }
      self.header = header
      note = try Note(try WholeFile.read(folder.note))
      request = Self.request(header, folder)
      plan = Planner.plan(note, request).plan
    } catch let problem as RunArchive.Problem {
      throw problem
    } catch {
      throw RunArchive.Problem(
        message: "the run \(id.text) can't be read: \(error)", fix: "look into \(folder.path)")
    }
  }

  /// Its journal failed before its end, so nobody may go on from what it says.
  public var isUnrecorded: Bool { state.outcome == nil && WholeFile.size(folder.unrecorded) != nil }

  /// Secrets that the run keeps.
  public var secrets: [String: String] {
    let bytes = (try? WholeFile.read(folder.values)) ?? []
    let names = Set(plan.parameters.filter(\.isSecret).map(\.name))
    return ValueStore.read(bytes).filter { names.contains($0.key) }
  }

  /// What the plan was made with. Secrets are in no journal; they come from the environment, or are asked for.
  private static func request(_ header: RunHeader, _ folder: RunFolder) -> PlanRequest {
    var request = PlanRequest(file: header.file, title: header.noteTitle)
    request.section = header.section
    request.choices = header.choices
    request.environment = header.surroundings.environment
    request.isChecking = true
    request.assignments = header.parameters.compactMap { parameter in
      parameter.value.map { PlanRequest.Assignment(name: parameter.name, value: $0) }
    }
    request.vaultDefaults = (try? WholeFile.read(folder.defaults)).flatMap {
      JSONText.decode(VaultDefaults.self, $0)
    }
    return request
  }

  /// The step that a person means.
  public func step(_ name: String) throws(RunArchive.Problem) -> StepID {
    switch StepSelector(plan.steps).find(name) {
    case .step(let index): return plan.steps[index].id
    case .none(let nearest):
      throw RunArchive.Problem(
        message: "the run has no step “\(name)”",
        fix: nearest.map { "did you mean “\($0)”?" } ?? "leave it out to see all")
    case .several(let names):
      throw RunArchive.Problem(
        message: "“\(name)” fits more than one step: " + names.joined(separator: ", "),
        fix: "give the step's number")
    }
  }
}
