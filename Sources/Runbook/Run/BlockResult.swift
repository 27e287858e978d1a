/// How one try of a block ended.
public struct BlockResult: Sendable, Codable, Equatable {
  /// Nil where it ended by a signal, or never ran.
  public var exit: Int?
  public var signal: Int?
  /// Why it could not run, or why its end is unknown.
  public var problem: String?
  /// Where it failed, as far as that can be told.
  public var place: NoteLine?
  /// False where it surely did nothing: there was no program, or its gate stayed shut.
  public var hasRun = true
  /// Why it was stopped; nil where it ended by itself.
  public var stopped: StopReason?
  /// Seconds.
  public var took: Double
  /// What it started and left running, as a deploy starts services.
  public var left: [NamedProcess] = []
  /// What could not be killed.
  public var survivors: [NamedProcess] = []

  public init(exit: Int? = nil, took: Double) {
    self.exit = exit
    self.took = took
  }

  public var isSuccess: Bool { exit == 0 && stopped == nil && problem == nil }
  /// Its gate stayed shut, since its runner died: nothing happened, not even a failure.
  public var isVoid: Bool { !hasRun && problem == nil }
  /// It may have done all, some or nothing of its work.
  public var isEndUnknown: Bool { hasRun && exit == nil && signal == nil }
  /// It ran to its own end, and that was a status other than 0.
  public var isOrdinaryFailure: Bool { !isSuccess && exit != nil && stopped == nil }
  public var isTimeout: Bool { stopped == .timedOut || stopped == .silent }
}
