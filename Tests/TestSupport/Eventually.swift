/// Waits for what no descriptor tells of. It suspends between two looks: the tests share a thread a core.
public func eventually(
  within seconds: Double = 20, _ condition: () throws -> Bool
) async throws -> Bool {
  let end = SuspendingClock.now + .seconds(seconds)
  while try !condition() {
    guard SuspendingClock.now < end else { return false }
    try await Task.sleep(for: .milliseconds(3))
  }
  return true
}
