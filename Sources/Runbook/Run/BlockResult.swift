/// How one try of a block ended.
public struct BlockResult: Sendable, Codable, Equatable {
  /// Nil where it ended by a signal, or never ran.
  public var exit: Int?
  public var signal: Int?
  /// Why it could not run, or why its end is unknown.
  public var problem: String?
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
  public var isTimeout: Bool { stopped == .timedOut || stopped == .silent }
}
