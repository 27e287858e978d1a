import Runbook

/// Each event as a JSON object on a line of standard output.
final class JSONPrinter: RunObserver {
  func observe(_ event: RunEvent, _ state: RunState) {
    guard let text = try? JSONText.encode(event, isPretty: false) else { return }
    Output.print(SafeText(json: text))
  }
}
