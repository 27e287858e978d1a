/// Figures of a vault's runs, by workflow and by step. Pure: from the record notes, each run once.
public struct RunStatistics: Sendable, Equatable {
  public struct Workflow: Sendable, Equatable {
    /// The path of its note without `.md`.
    public let name: String
    public let figures: RunFigures
    /// Of the latest run, `2026-08-21T14:02:10`.
    public let latest: String
    public let status: String
    /// In the order of the latest run; those that it no longer has behind them.
    public let steps: [Step]
  }

  public struct Step: Sendable, Equatable {
    public let name: String
    public let figures: RunFigures
  }

  /// The oldest first, each once. Later rollbacks are no runs of their workflow, and not among them.
  public let runs: [RecordSummary]
  /// By name.
  public let workflows: [Workflow]

  public init(_ records: some Sequence<RecordSummary>) {
    let latest = Dictionary(
      records.lazy.filter { !$0.isRollback }.map { ($0.run, $0) },
      uniquingKeysWith: { $1.part > $0.part ? $1 : $0 })
    runs = latest.values
      .sorted { ($0.order, $0.run.text) < ($1.order, $1.run.text) }
    workflows = Dictionary(grouping: runs, by: \.runbook)
      .compactMap { Self.workflow($0, $1) }
      .sorted { $0.name < $1.name }
  }

  private static func workflow(_ name: String, _ records: [RecordSummary]) -> Workflow? {
    guard let latest = records.last else { return nil }
    let good = records.filter(\.hasSucceeded)
    return Workflow(
      name: name,
      figures: RunFigures(
        runs: records.count, succeeded: good.count, times: good.compactMap(\.seconds)),
      latest: latest.started, status: latest.status, steps: steps(records))
  }

  private static func steps(_ records: [RecordSummary]) -> [Step] {
    var names: [String] = []
    var known: Set<String> = []
    var tries: [String: [RecordSummary.Step]] = [:]
    for record in records.reversed() {
      for step in record.steps where known.insert(step.name).inserted { names.append(step.name) }
    }
    for record in records {
      for step in record.steps where step.hasRun { tries[step.name, default: []].append(step) }
    }
    return names.compactMap { name in
      guard let tries = tries[name] else { return nil }
      let good = tries.filter(\.hasSucceeded)
      return Step(
        name: name,
        figures: RunFigures(
          runs: tries.count, succeeded: good.count, times: good.compactMap(\.seconds)))
    }
  }
}
