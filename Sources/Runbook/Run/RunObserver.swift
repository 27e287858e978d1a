/// A reader of a run's events: the terminal, the note, `--json`. None of them keeps a truth of its own.
public protocol RunObserver: AnyObject {
  /// Called once, before the first event that it observes, with what happened before.
  func begin(_ state: RunState)

  /// Called with each event, in order, after the state has taken it in.
  func observe(_ event: RunEvent, _ state: RunState)

  /// Called now and then while the run waits. Gives when it wants to be called again at the latest, in seconds
  /// of the run's clock; nil: it doesn't matter.
  func tick(uptime: Double, _ state: RunState) -> Double?
}

extension RunObserver {
  public func begin(_ state: RunState) {}

  public func tick(uptime: Double, _ state: RunState) -> Double? { nil }
}
