import CPlatform

/// The two pipes to the runner. It hears on the one that all is prepared, and opens with the other once
/// its journal knows of us; so nothing runs that the journal does not know.
enum Gate {
  private static let gate: Int32 = 0
  private static let ready: Int32 = 1

  /// Says that the files are there, and waits. False where the runner left without opening.
  static func waitForOpening() -> Bool {
    var byte = UInt8(ascii: "+")
    _ = platform_write_all(ready, &byte, 1)
    platform_silence(ready)
    let isOpen = platform_read_gate(gate) == 1
    platform_silence(gate)
    return isOpen
  }

  /// `-CODE CALL PATH`
  static func refuse(_ failure: StepFailure) {
    var text = StatusText()
    text.append("-")
    text.append(failure)
    text.send(to: ready)
  }
}
