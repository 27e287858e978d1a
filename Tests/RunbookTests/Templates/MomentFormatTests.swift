import Glibc
import Testing

@testable import Runbook

struct MomentFormatTests {
  private static let friday = CalendarMoment(
    2026, 8, 21, 14, 2, 10, millisecond: 45, offset: 7200)

  @Test(arguments: [
    ("YYYY-MM-DD", "2026-08-21"), ("YY/M/D", "26/8/21"),
    ("dddd, D MMMM YYYY", "Friday, 21 August 2026"),
    ("ddd dd d E", "Fri Fr 5 5"), ("MMM Do", "Aug 21st"), ("[Week] W [of] GGGG", "Week 34 of 2026"),
    ("GGGG-[W]WW", "2026-W34"), ("DDDD DDD", "233 233"), ("Q Qo", "3 3rd"),
    ("HH:mm:ss", "14:02:10"),
    ("h:mm A a", "2:02 PM pm"), ("H k kk", "14 14 14"), ("s m S SS SSS", "10 2 0 04 045"),
    ("YYYY-MM-DDTHH:mm:ssZ", "2026-08-21T14:02:10+02:00"), ("ZZ", "+0200"), ("X", "1787313730"),
    ("x", "1787313730045"), ("[[a]", "[a"), ("20[YY]", "20YY"), ("", ""),
  ])
  func writes(_ format: String, _ text: String) throws {
    #expect(try MomentFormat(format).text(Self.friday) == text)
  }

  @Test(arguments: [
    ("YYYY-[W]ww", "“ww”"), ("gggg", "“gggg”"), ("LL", "“LL”"), ("YYYYY", "“Y”"),
    ("MMMMM x y", "“y”"),
    ("D of M", "“o”"), ("NN", "“NN”"),
  ])
  func refuses(_ format: String, _ part: String) {
    let problem = #expect(throws: MomentFormat.Problem.self) { try MomentFormat(format) }
    #expect(problem?.message == "\(part) is no part of a date that can be written")
  }

  @Test func midnightAndNoon() throws {
    let format = try MomentFormat("h hh H k A")
    #expect(format.text(CalendarMoment(2026, 1, 1, 0)) == "12 12 0 24 AM")
    #expect(format.text(CalendarMoment(2026, 1, 1, 12)) == "12 12 12 12 PM")
  }

  @Test func ordinals() throws {
    let format = try MomentFormat("Do")
    let texts = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map {
      format.text(CalendarMoment(2026, 1, $0))
    }
    #expect(
      texts == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st",
      ])
  }

  /// Days of the year and ISO weeks, against the system's calendar.
  @Test func agreesWithTheSystem() throws {
    let format = try MomentFormat("YYYY-MM-DD DDDD GGGG WW E dddd MMMM X")
    for day in stride(from: -40_000, through: 60_000, by: 13) {
      var seconds = time_t(day * 86_400 + 3723)
      var parts = tm()
      try #require(gmtime_r(&seconds, &parts) != nil)
      var buffer = [CChar](repeating: 0, count: 120)
      let count = strftime(&buffer, buffer.count, "%Y-%m-%d %j %G %V %u %A %B ", &parts)
      let expected =
        String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        + "\(seconds)"
      let moment = CalendarMoment(
        Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), 1, 2, 3)
      #expect(format.text(moment) == expected)
    }
  }
}
