/// The name of a run: `20260821-120210-7f3a`, its start in UTC and four random hexadecimal digits. It names a run and
/// tells nothing of the order of runs: clocks are set, and ids of old have the local time.
public struct RunID: Sendable, Hashable, Codable, CustomStringConvertible {
  public let text: String

  public init(at time: WallTime, random: UInt16) {
    text = "\(time.compact)-\(random.digits(4, radix: 16))"
  }

  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [8, 6, 4],
      parts[0].allSatisfy({ $0.isASCII && $0.isNumber }),
      parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
      parts[2].allSatisfy({ $0.isASCII && $0.isHexDigit && !$0.isUppercase })
    else { return nil }
    self.text = text
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = RunID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no run id")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// The moment that the id names, in milliseconds since 1970.
  var moment: Int64 {
    let digits = text.filter(\.isNumber).map(String.init)
    let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<12, 12..<14].map { digits[$0].joined() }
    let text =
      parts[..<3].joined(separator: "-") + "T" + parts[3...].joined(separator: ":")
    return WallTime(text: text + ".000+00:00")?.milliseconds ?? 0
  }

  /// The last four digits, by which people name a run.
  public var short: String { String(text.suffix(4)) }
  public var description: String { text }
}
