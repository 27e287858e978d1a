import CPlatform

extension Supervisor {
  /// The block could not be started.
  func failed(_ failure: StepFailure) -> StatusText {
    var text = StatusText()
    text.append("failed ")
    text.append(failure)
    appendTimes(to: &text)
    return text
  }

  func status(left: [platform_process], survivors: [platform_process]) -> StatusText {
    var text = StatusText()
    if let end, end.exit_code >= 0 {
      text.append("exit", Int64(end.exit_code))
    } else if let end {
      text.append("signal", Int64(end.signal))
    } else {
      text.append("alive\n")
    }
    appendTimes(to: &text)
    if let stopReason {
      text.append("stopped ")
      text.append(stopReason.word)
      text.append("\n")
    }
    text.append("left", left)
    text.append("survivor", survivors)
    return text
  }

  private func appendTimes(to text: inout StatusText) {
    let now = platform_awake_ms()
    text.append("elapsed_ms", (end == nil ? now : ended) - started)
    text.append("ended", platform_wall_ms() - (end == nil ? 0 : now - ended))
  }
}
