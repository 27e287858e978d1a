/// The process that carries a run at the moment.
public struct RunnerInfo: Sendable, Codable, Equatable {
  public let pid: Int32
  public let bootID: String
  /// There is a person at a terminal who can be asked.
  public let canAsk: Bool

  public init(pid: Int32, bootID: String, canAsk: Bool) {
    self.pid = pid
    self.bootID = bootID
    self.canAsk = canAsk
  }
}
