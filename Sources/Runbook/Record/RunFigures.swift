/// How often something ran, how often well, and how long that took.
public struct RunFigures: Sendable, Equatable {
  public let runs: Int
  public let succeeded: Int
  /// Seconds, over what succeeded: a failure's time says nothing of the work.
  public let median: Double?
  /// Nine of ten took no longer: one of the times that were measured.
  public let percentile90: Double?
  /// The median of the latest five against that of all before them, as a change: 0.1 is 10 % slower. Nil where
  /// fewer than five are before them.
  public let trend: Double?

  /// - Parameter times: of the runs that succeeded, the oldest first.
  init(runs: Int, succeeded: Int, times: [Double]) {
    self.runs = runs
    self.succeeded = succeeded
    let sorted = times.sorted()
    median = times.isEmpty ? nil : RunHistory.median(times)
    percentile90 = sorted.isEmpty ? nil : sorted[(sorted.count * 9 + 9) / 10 - 1]
    trend = Self.trend(times)
  }

  private static func trend(_ times: [Double]) -> Double? {
    guard times.count >= 10 else { return nil }
    let before = RunHistory.median(Array(times.dropLast(5)))
    return before > 0 ? RunHistory.median(times.suffix(5)) / before - 1 : nil
  }

  /// Of 1; 0 where nothing ran.
  public var rate: Double { runs == 0 ? 0 : Double(succeeded) / Double(runs) }
}
