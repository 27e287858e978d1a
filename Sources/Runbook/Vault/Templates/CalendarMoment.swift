#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A moment as a calendar and a clock show it.
public struct CalendarMoment: Sendable, Equatable {
  public var year: Int
  /// From 1.
  public var month: Int
  /// From 1.
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int
  public var millisecond: Int
  /// Seconds east of UTC.
  public var offset: Int

  public init(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0,
    millisecond: Int = 0, offset: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
    self.offset = offset
  }

  /// By this machine's clock and zone; nil where the clock can't be read.
  public static var now: CalendarMoment? {
    var time = timespec()
    var parts = tm()
    guard clock_gettime(CLOCK_REALTIME, &time) == 0, localtime_r(&time.tv_sec, &parts) != nil
    else { return nil }
    return CalendarMoment(
      Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour),
      Int(parts.tm_min), Int(parts.tm_sec), millisecond: Int(time.tv_nsec) / 1_000_000,
      offset: Int(parts.tm_gmtoff))
  }

  /// 0 is Sunday.
  var weekday: Int { Self.floorRemainder(daysSince1970 + 4, 7) }

  /// 1 is Monday, 7 Sunday.
  var isoWeekday: Int { weekday == 0 ? 7 : weekday }

  /// From 1.
  var dayOfYear: Int { daysSince1970 - Self.days(year, 1, 1) + 1 }

  /// The week that holds this day's Thursday, and that Thursday's year: ISO 8601.
  var isoWeek: (year: Int, week: Int) {
    let thursday = daysSince1970 + 4 - isoWeekday
    let isoYear = [year + 1, year, year - 1].first { thursday >= Self.days($0, 1, 1) } ?? year
    return (isoYear, (thursday - Self.days(isoYear, 1, 1)) / 7 + 1)
  }

  var secondsSince1970: Int {
    daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  private var daysSince1970: Int { Self.days(year, month, day) }

  /// Counted over years that begin in March, so that the leap day is the last of its year.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let leapDays = [(4, 1), (100, -1), (400, 1)].reduce(0) {
      $0 + $1.1 * (shiftedYear - floorRemainder(shiftedYear, $1.0)) / $1.0
    }
    return shiftedYear * 365 + leapDays + dayOfYear - 719_468
  }

  private static func floorRemainder(_ number: Int, _ divisor: Int) -> Int {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
