/// Waits for what no descriptor tells of. It suspends between two looks: the tests share a thread a core. The longer it
/// has waited the less often it looks, so that waiting costs no processor time that others need.
public func eventually(
  within seconds: Double = Patience.seconds, _ condition: () throws -> Bool
) async throws -> Bool {
  let start = SuspendingClock.now
  while try !condition() {
    let waited = SuspendingClock.now - start
    guard waited < .seconds(seconds) else { return false }
    try await Task.sleep(for: min(.milliseconds(50), max(.milliseconds(2), waited / 20)))
  }
  return true
}
