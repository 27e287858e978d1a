/// Times as people read them: `0.4s`, `12.4s`, `1m 02s`, `1h 02m`.
enum Elapsed {
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "" }
    let tenths = Int((seconds * 10).rounded(.down))
    if tenths < 600 { return "\(tenths / 10).\(tenths % 10)s" }
    let whole = tenths / 10
    if whole < 3600 { return "\(whole / 60)m \((whole % 60).digits(2))s" }
    return "\(whole / 3600)h \((whole / 60 % 60).digits(2))m"
  }

  /// How long ago something was: `just now`, `5 minutes ago`, `2 days ago`.
  static func ago(_ seconds: Double) -> String {
    guard seconds >= 60 else { return "just now" }
    let units = [(86_400.0, "day"), (3600, "hour"), (60, "minute")]
    let (size, name) = units.first { seconds >= $0.0 } ?? (60, "minute")
    let count = Int((seconds / size).rounded(.down))
    return "\(count) \(name)\(count == 1 ? "" : "s") ago"
  }
}
