/// How a block ended, as its supervisor wrote it down.
public struct StepStatus: Sendable, Equatable, Codable {
  public enum End: Sendable, Equatable, Codable {
    case exited(Int32)
    case signalled(Int32)
    /// The gate was never opened: nothing ran.
    case never
    /// Nothing ran: the folder or the program is missing, say.
    case failed(SystemError)
    /// It was to be stopped and could not be killed; the survivors have its pid.
    case alive
  }

  /// Why the supervisor stopped it.
  public enum Stop: String, Sendable, Equatable, Codable {
    case deadline
    case idle
    /// A runner asked for it.
    case request
    case logLimit = "log-limit"
  }

  public var end: End
  /// Time awake between start and end.
  public var elapsed: Duration
  /// When it ended, in milliseconds since 1970.
  public var ended: Int64
  public var stop: Stop?
  /// What the block started and left running, after an end with 0.
  public var left: [NamedProcess]
  /// What could not be killed.
  public var survivors: [NamedProcess]
  /// How many more of those there were than the file has room for.
  public var unnamed: Int

  public init(
    end: End, elapsed: Duration = .zero, ended: Int64 = 0, stop: Stop? = nil,
    left: [NamedProcess] = [], survivors: [NamedProcess] = [], unnamed: Int = 0
  ) {
    self.end = end
    self.elapsed = elapsed
    self.ended = ended
    self.stop = stop
    self.left = left
    self.survivors = survivors
    self.unnamed = unnamed
  }
}
