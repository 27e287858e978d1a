/// A step as the view shows it.
struct StepLine: Sendable, Equatable {
  var depth: Int
  var mark: Mark
  /// `1.2`, or empty.
  var number: String
  var title: String
  /// Seconds.
  var elapsed: Double?
  /// Seconds that it usually takes, where that is known.
  var usual: Double?
  /// `exit 23`, `attempt 2 of 3`.
  var detail: String?

  /// It takes much longer than usual.
  var isSlow: Bool {
    guard mark == .running, let elapsed, let usual else { return false }
    return elapsed >= UsualTimes.limit(usual)
  }

  init(
    depth: Int = 0, mark: Mark, number: String, title: String, elapsed: Double? = nil,
    detail: String? = nil
  ) {
    self.depth = depth
    self.mark = mark
    self.number = number
    self.title = title
    self.elapsed = elapsed
    self.detail = detail
  }
}
