/// The process that carries a run at the moment.
public struct RunnerInfo: Sendable, Codable, Equatable {
  public let pid: Int32
  public let bootID: String
  /// What its clock showed, in seconds awake since the boot, so that a later runner of the same boot counts on.
  public let clock: Double
  /// There is a person at a terminal who can be asked.
  public let canAsk: Bool
  /// It waits for answers that come from elsewhere: the note's box, another terminal.
  public let waits: Bool
  /// What it was told to do about a block whose end is unknown; nil: nothing.
  public let onAmbiguous: AmbiguityPolicy?

  public init(
    pid: Int32, bootID: String, clock: Double = 0, canAsk: Bool, waits: Bool = false,
    onAmbiguous: AmbiguityPolicy? = nil
  ) {
    self.pid = pid
    self.bootID = bootID
    self.clock = clock
    self.canAsk = canAsk
    self.waits = waits
    self.onAmbiguous = onAmbiguous
  }
}
