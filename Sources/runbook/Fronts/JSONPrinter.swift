import Runbook

/// Each event as a JSON object on a line of standard output.
final class JSONPrinter: RunObserver {
  private let mask: SecretMask

  init(mask: SecretMask) { self.mask = mask }

  func observe(_ event: RunEvent, _ state: RunState) {
    guard let text = try? JSONText.encode(event, isPretty: false) else { return }
    Output.print(mask.mask(text))
  }
}
