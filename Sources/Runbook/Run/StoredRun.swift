/// A run as its folder tells it.
public struct StoredRun {
  public let id: RunID
  public let folder: RunFolder
  public let header: RunHeader
  public let events: [RunEvent]
  public let state: RunState
  /// What was before its first event: nothing, or the run that it undoes.
  public let origin: RunState
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
      origin = try Self.origin(contents.events.first, folder)
      state = contents.events.reduce(into: origin) { $0.apply($1) }
      guard let header = state.header else {
        throw RunArchive.Problem(
          message: "the run \(id.text) never began", fix: "delete \(folder.path)")
      }
      self.header = header
      note = try Note(try WholeFile.read(folder.note))
      request = try Self.request(header, folder, note)
      plan = Planner.plan(note, request).plan
    } catch let problem as RunArchive.Problem {
      throw problem
    } catch {
      throw RunArchive.Problem(
        message: "the run \(id.text) can't be read: \(error)",
        fix: "look into \(folder.path); to give the run up: runbook cancel \(id.short) --abandon")
    }
  }

  private static func origin(_ first: RunEvent?, _ folder: RunFolder) throws -> RunState {
    guard case .runStarted(let header)? = first?.kind, header.undoes != nil else {
      return RunState()
    }
    return RunState(try Journal.read(WholeFile.read(folder.undone), isChain: true).events)
  }

  /// The journals that this run comes from, and its own, one behind the other.
  func chain() throws -> [UInt8] {
    let before = header.undoes == nil ? [] : try WholeFile.read(folder.undone)
    return before + (try WholeFile.read(folder.journal, limit: Int(journalLength)))
  }

  /// Its journal failed before its end, so nobody may go on from what it says.
  public var isUnrecorded: Bool { state.outcome == nil && WholeFile.size(folder.unrecorded) != nil }

  /// Captured values, and secrets.
  public var values: [String: String] {
    ValueStore.read((try? WholeFile.read(folder.values)) ?? [])
  }

  /// Secrets that the run keeps.
  public var secrets: [String: String] {
    let names = Set(plan.parameters.filter(\.isSecret).map(\.name))
    return values.filter { names.contains($0.key) }
  }

  /// For all that is shown of it.
  public var mask: SecretMask { SecretMask(of: plan, values: values) }

  /// What the plan was made with. Secrets are in no journal; they come from the environment, or are asked for.
  private static func request(
    _ header: RunHeader, _ folder: RunFolder, _ note: Note
  ) throws -> PlanRequest {
    var request = PlanRequest(file: header.file, title: header.noteTitle)
    request.section = header.section
    request.choices = header.choices
    request.environment = header.surroundings.environment
    request.isChecking = true
    request.embeds = try StoredEmbeds.read(folder, note)
    let values = ValueStore.read((try? WholeFile.read(folder.values)) ?? [])
    request.assignments = header.parameters.compactMap { parameter in
      let value = parameter.value ?? (parameter.isWithheld == true ? values[parameter.name] : nil)
      return value.map { PlanRequest.Assignment(name: parameter.name, value: $0) }
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
