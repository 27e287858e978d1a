/// A duration as people read it: `0.35s`, `12.4s`, `1m 5s`, `1h 2m 3s`, `1d 0h 0m 9s`.
public enum DurationText {
  public static func render(seconds: Double) -> String {
    guard seconds.isFinite, seconds > 0 else { return "0.00s" }
    let hundredths = Int((min(seconds, 1e12) * 100).rounded())
    if hundredths < 100 { return "0.\(hundredths.digits(2))s" }
    let tenths = Int((min(seconds, 1e12) * 10).rounded())
    if tenths < 600 { return "\(tenths / 10).\(tenths % 10)s" }
    return whole(Int(min(seconds, 1e12).rounded()))
  }

  private static func whole(_ seconds: Int) -> String {
    var text = "\(seconds / 60 % 60)m \(seconds % 60)s"
    if seconds >= 3_600 { text = "\(seconds / 3_600 % 24)h " + text }
    if seconds >= 86_400 { text = "\(seconds / 86_400)d " + text }
    return text
  }

  /// Whether a text is a duration in this form.
  static func isDuration(_ text: ArraySlice<UInt8>) -> Bool { seconds(text) != nil }

  /// The seconds that a text of this form stands for.
  static func seconds(_ text: ArraySlice<UInt8>) -> Double? {
    var total = 0.0
    var units: [(mark: UInt8, seconds: Double)] = [
      (UInt8(ascii: "d"), 86_400), (UInt8(ascii: "h"), 3_600), (UInt8(ascii: "m"), 60),
      (UInt8(ascii: "s"), 1),
    ]
    for part in text.split(separator: 0x20, maxSplits: 4, omittingEmptySubsequences: false) {
      guard let mark = part.last, let unit = units.firstIndex(where: { $0.mark == mark }),
        let number = number(part.dropLast(), allowsFraction: mark == UInt8(ascii: "s"))
      else { return nil }
      total += number * units[unit].seconds
      units.removeFirst(unit + 1)
    }
    return total
  }

  private static func number(_ text: ArraySlice<UInt8>, allowsFraction: Bool) -> Double? {
    let parts = text.split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 1 || (allowsFraction && parts.count == 2), text.count <= 16 else {
      return nil
    }
    for part in parts where part.isEmpty || !part.allSatisfy({ (0x30...0x39).contains($0) }) {
      return nil
    }
    return Double(String(decoding: text, as: UTF8.self))
  }
}
