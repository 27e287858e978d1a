/// What happens at a block's deadline when nobody answers, or nobody can.
public enum TimeoutPolicy: String, Sendable, Codable, CaseIterable {
  /// Stop it; the step has timed out.
  case cancel
  /// Stop it and run the step's `fallback` block instead.
  case fallback
  /// One more deadline, three times at most.
  case extend
  /// Free the terminal and go on with one more deadline; without a terminal, as `extend`.
  case background
}
