/// What can be known of a step from its folder, by any process and at any time.
public enum StepState: Sendable, Equatable {
  /// Its supervisor lives.
  case running
  case ended(StepStatus)
  /// The supervisor is gone and left no status: it was killed, or the machine went down. The block may have run, and
  /// parts of it may live (`StepHandle.remainingProcesses`).
  case lost
}
