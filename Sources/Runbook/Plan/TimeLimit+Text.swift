extension TimeLimit {
  /// As the value of a parameter: whole seconds, which scripts can count with, where there are such.
  var parameterText: String {
    guard let seconds else { return "none" }
    return Int(exactly: seconds).map(String.init) ?? "\(seconds)s"
  }

  /// A limit in seconds as people write it: `90s`, `10m`, `1h 30m`.
  public static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
    let whole = Int(seconds)
    if Double(whole) != seconds || whole < 60 || (whole < 120 && whole % 60 != 0) {
      let tenths = Int((seconds * 10).rounded())
      return tenths % 10 == 0 ? "\(tenths / 10)s" : "\(tenths / 10).\(tenths % 10)s"
    }
    let parts = [
      (whole / 86_400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "m"), (whole % 60, "s"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }
}
