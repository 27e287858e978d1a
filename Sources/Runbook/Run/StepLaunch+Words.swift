extension StepLaunch {
  /// The command line of the supervisor; `docs/step-protocol.md` tells its form.
  func words(supervisor: String) -> [String] {
    let flags =
      (isInteractive ? "i" : "") + (capturesOutput ? "c" : "")
      + (asksLeaderOnly ? "l" : "")
    return [
      supervisor, "1", folder.path, deadline.wholeMilliseconds, idle.wholeMilliseconds,
      String(grace.wholeMilliseconds), String(max(0, min(logLimit, Duration.longest))),
      flags.isEmpty ? "-" : flags, workingDirectory, program,
    ] + arguments
  }

  /// `NAME=value` for each variable, the mark with them.
  var entries: [String] {
    environment.filter { $0.key != StepMark.name }.map { "\($0.key)=\($0.value)" }
      + [StepMark.entry(of: folder)]
  }

  /// What C can't take as it stands: a zero byte would cut a word short, and run something else.
  var isExpressible: Bool {
    let names = environment.keys.allSatisfy { !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: "=")) }
    let words = words(supervisor: "") + entries
    return names && words.allSatisfy { !$0.utf8.contains(0) }
  }
}

extension Duration {
  /// As many digits as the supervisor reads; 31,000 years in milliseconds.
  static let longest = 999_999_999_999_999

  /// Milliseconds, rounded up, between 0 and `longest`.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < Int64(Self.longest / 1000) else { return Self.longest }
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int(seconds) * 1000 + Int(part)
  }
}

extension Duration? {
  /// For the supervisor: nil is 0, and a time that is there is at least 1.
  var wholeMilliseconds: String {
    map { String(Swift.max(1, $0.wholeMilliseconds)) } ?? "0"
  }
}
