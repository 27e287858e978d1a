import CPlatform

/// Looks at the size of the output now and then: for silence, and for a log that outgrows its limit.
struct OutputWatch {
  private let files: StepFiles
  private var idle: Int64
  private let limit: Int64
  private var size: Int64 = 0
  private var lastChange: Int64

  init(_ arguments: StepArguments, _ files: StepFiles, now: Int64) {
    self.files = files
    idle = arguments.idle
    limit = arguments.logLimit
    size = files.size
    lastChange = now
  }

  /// Why the step must stop, if it must.
  mutating func look(now: Int64) -> StopReason? {
    guard idle > 0 || limit > 0 else { return nil }
    let size = files.size
    if size != self.size {
      self.size = size
      lastChange = now
    }
    if limit > 0, size > limit { return .logLimit }
    // A terminal's output does not pass through a file: no silence can be told.
    if idle > 0, files.terminal < 0, now - lastChange >= idle { return .idle }
    return nil
  }

  /// The allowed silence begins anew.
  ///
  /// - Parameter idle: another limit from now on.
  mutating func restart(now: Int64, idle: Int64? = nil) {
    lastChange = now
    if let idle { self.idle = idle }
  }

  /// Milliseconds until the next look is due; -1 for never. More often the nearer the limit is: a disk takes
  /// gigabytes a second.
  func pause(now: Int64) -> Int64 {
    var pause: Int64 = -1
    if limit > 0 { pause = size > limit / 2 ? 10 : size > limit / 8 ? 50 : 200 }
    guard idle > 0, files.terminal < 0 else { return pause }
    // Sampled, so that the last change is known well enough: a tenth of the allowed silence, a second at most.
    let sample = max(10, min(idle / 10, 1000))
    let due = max(1, min(sample, lastChange + idle - now))
    return pause < 0 ? due : min(pause, due)
  }
}
