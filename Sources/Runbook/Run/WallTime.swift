#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A moment by the wall clock, to the millisecond, with the zone's offset at that moment.
public struct WallTime: Sendable, Hashable {
  /// Milliseconds since 1970-01-01 00:00 UTC.
  public let milliseconds: Int64
  /// Seconds east of UTC.
  public let offset: Int

  public init(milliseconds: Int64, offset: Int) {
    self.milliseconds = milliseconds
    self.offset = offset
  }

  /// The offset is that of this machine's zone at that moment.
  public init(milliseconds: Int64) {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    let isKnown = localtime_r(&seconds, &parts) != nil
    self.init(milliseconds: milliseconds, offset: isKnown ? parts.tm_gmtoff : 0)
  }

  /// In the same zone.
  func earlier(by seconds: Double) -> WallTime {
    WallTime(milliseconds: milliseconds - Int64((seconds * 1000).rounded()), offset: offset)
  }

  /// Seconds from this moment to another, by the clock.
  public func seconds(to other: WallTime) -> Double {
    Double(other.milliseconds - milliseconds) / 1000
  }

  /// `2026-08-21`
  public var date: String {
    let parts = components
    return "\(parts.year.digits(4))-\(parts.month.digits(2))-\(parts.day.digits(2))"
  }

  /// `14:02:10`
  public var time: String {
    let parts = components
    return "\(parts.hour.digits(2)):\(parts.minute.digits(2)):\(parts.second.digits(2))"
  }

  /// `+02:00`
  public var zone: String {
    let minutes = abs(offset) / 60
    return "\(offset < 0 ? "-" : "+")\((minutes / 60).digits(2)):\((minutes % 60).digits(2))"
  }

  /// `2026-08-21T14:02:10`: what an Obsidian date property takes, which knows no zone.
  public var property: String { "\(date)T\(time)" }

  /// In UTC, `20260821-120210`.
  public var compact: String {
    let utc = WallTime(milliseconds: milliseconds, offset: 0)
    return "\(utc.date.filter { $0 != "-" })-\(utc.time.filter { $0 != ":" })"
  }

  private struct Components {
    let year, month, day, hour, minute, second: Int
  }

  private var components: Components {
    let local = milliseconds.flooredDivision(by: 1000) + Int64(offset)
    let days = local.flooredDivision(by: 86_400)
    let second = Int(local - days * 86_400)
    let (year, month, day) = Self.civil(days: Int(days))
    return Components(
      year: year, month: month, day: day, hour: second / 3600, minute: second / 60 % 60,
      second: second % 60)
  }

  /// The Gregorian date of a day counted from 1970-01-01, over eras of 400 years that begin in March, so that the
  /// leap day is the last of its year.
  private static func civil(days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = Int(Int64(shifted).flooredDivision(by: 146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension WallTime: Codable {
  /// `2026-08-21T14:02:10.123+02:00`
  public var text: String {
    let fraction = Int(milliseconds - milliseconds.flooredDivision(by: 1000) * 1000)
    return "\(property).\(fraction.digits(3))\(zone)"
  }

  /// In bytes.
  static let textLength = 29

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let time = WallTime(text: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time: \(text)")
    }
    self = time
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Reads what `text` writes.
  public init?(text: String) {
    let numbers = text.split { !$0.isNumber }.compactMap { Int64($0) }
    guard numbers.count == 9, text.utf8.count == Self.textLength else { return nil }
    let sign: Int64 = text.dropLast(5).last == "-" ? -1 : 1
    let offset = sign * (numbers[7] * 3600 + numbers[8] * 60)
    guard let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2]) else {
      return nil
    }
    let local = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    self.init(milliseconds: (local - offset) * 1000 + numbers[6], offset: Int(offset))
  }

  private static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredDivision(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
