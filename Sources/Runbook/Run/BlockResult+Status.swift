extension BlockResult {
  /// What a supervisor's status means for the run.
  ///
  /// - Parameter stopping: why the runner asked for the stop; the supervisor only knows that it was asked.
  init(_ status: StepStatus, stopping: StopReason?) {
    let (seconds, attoseconds) = status.elapsed.components
    self.init(took: Double(seconds) + Double(attoseconds) / 1e18)
    left = status.left
    survivors = status.survivors
    switch status.stop {
    case .deadline: stopped = .timedOut
    case .idle: stopped = .silent
    case .logLimit: stopped = .logLimit
    case .request: stopped = stopping ?? .cancelled
    case nil: break
    }
    switch status.end {
    case .exited(let code): exit = Int(code)
    case .signalled(let number): signal = Int(number)
    case .never: hasRun = false
    case .failed(let error):
      problem = "\(error)"
      hasRun = false
    case .alive: problem = "it could not be killed"
    }
  }

  /// In a word or two: `exit 23`, `killed by signal 9`, `timed out`.
  public var summary: String {
    if let stopped { return stopped.rawValue }
    if let problem { return problem }
    if let signal { return "killed by signal \(signal)" }
    return hasRun ? "exit \(exit ?? 0)" : "not started"
  }
}
