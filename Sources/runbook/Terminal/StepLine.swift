/// A step as the view shows it.
struct StepLine: Sendable, Equatable {
  var depth: Int
  var mark: Mark
  /// `1.2`, or empty.
  var number: String
  var title: String
  /// Seconds.
  var elapsed: Double?
  /// `exit 23`, `attempt 2 of 3`.
  var detail: String?

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
