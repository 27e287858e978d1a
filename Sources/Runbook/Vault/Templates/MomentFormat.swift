/// A date format as Obsidian writes it: the tokens of Moment.js. Names of months and days are English.
struct MomentFormat {
  /// What of a format can't be written.
  struct Problem: Error, Equatable {
    let message: String
    let fix: String
  }

  private enum Part {
    case literal(String)
    case token(String)
  }

  private let parts: [Part]

  init(_ text: String) throws(Problem) {
    var parts: [Part] = []
    var rest = text[...]
    while let first = rest.first {
      if first == "[", let end = rest.firstIndex(of: "]") {
        parts.append(.literal(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else if let token = Self.tokens.first(where: { rest.hasPrefix($0) }) {
        parts.append(.token(token))
        rest = rest.dropFirst(token.count)
      } else if first.isASCII, first.isLetter, first != "T" {
        throw Self.unknown(rest)
      } else {
        parts.append(.literal(String(first)))
        rest = rest.dropFirst()
      }
    }
    self.parts = parts
  }

  private static func unknown(_ rest: Substring) -> Problem {
    let first = rest.first ?? " "
    let token = rest.prefix { $0 == first }
    let fix: String
    switch first {
    case "w", "g", "e":
      fix = "weeks begin on another day from country to country: write GGGG-[W]WW, the ISO week"
    case "L", "l": fix = "its meaning depends on a language: write YYYY-MM-DD"
    default: fix = "write words in brackets: [\(rest.prefix { $0.isLetter })]"
    }
    return Problem(message: "“\(token)” is no part of a date that can be written", fix: fix)
  }

  func text(_ moment: CalendarMoment) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .token(let token):
        Self.date(token, moment) ?? Self.week(token, moment) ?? Self.time(token, moment)
          ?? Self.zone(token, moment)
      }
    }.joined()
  }

  /// A longer one before those that it begins with.
  private static let tokens = [
    "YYYY", "YY", "Qo", "Q", "MMMM", "MMM", "MM", "Mo", "M", "DDDD", "DDDo", "DDD", "DD", "Do", "D",
    "dddd", "ddd", "dd", "d", "E", "GGGG", "GG", "WW", "Wo", "W", "HH", "H", "hh", "h", "kk", "k",
    "mm", "m", "ss", "s", "SSS", "SS", "S", "A", "a", "ZZ", "Z", "X", "x",
  ]

  private static func date(_ token: String, _ moment: CalendarMoment) -> String? {
    let quarter = (moment.month + 2) / 3
    switch token {
    case "YYYY": return moment.year.digits(4)
    case "YY": return (moment.year % 100).digits(2)
    case "Q": return "\(quarter)"
    case "Qo": return ordinal(quarter)
    case "MMMM": return months[moment.month - 1]
    case "MMM": return String(months[moment.month - 1].prefix(3))
    case "MM": return moment.month.digits(2)
    case "Mo": return ordinal(moment.month)
    case "M": return "\(moment.month)"
    case "DDDD": return moment.dayOfYear.digits(3)
    case "DDDo": return ordinal(moment.dayOfYear)
    case "DDD": return "\(moment.dayOfYear)"
    case "DD": return moment.day.digits(2)
    case "Do": return ordinal(moment.day)
    case "D": return "\(moment.day)"
    default: return nil
    }
  }

  private static func week(_ token: String, _ moment: CalendarMoment) -> String? {
    switch token {
    case "dddd": days[moment.weekday]
    case "ddd": String(days[moment.weekday].prefix(3))
    case "dd": String(days[moment.weekday].prefix(2))
    case "d": "\(moment.weekday)"
    case "E": "\(moment.isoWeekday)"
    case "GGGG": moment.isoWeek.year.digits(4)
    case "GG": (moment.isoWeek.year % 100).digits(2)
    case "WW": moment.isoWeek.week.digits(2)
    case "Wo": ordinal(moment.isoWeek.week)
    case "W": "\(moment.isoWeek.week)"
    default: nil
    }
  }

  private static func time(_ token: String, _ moment: CalendarMoment) -> String? {
    let onDial = (moment.hour + 11) % 12 + 1
    let upToMidnight = moment.hour == 0 ? 24 : moment.hour
    switch token {
    case "HH": return moment.hour.digits(2)
    case "H": return "\(moment.hour)"
    case "hh": return onDial.digits(2)
    case "h": return "\(onDial)"
    case "kk": return upToMidnight.digits(2)
    case "k": return "\(upToMidnight)"
    case "mm": return moment.minute.digits(2)
    case "m": return "\(moment.minute)"
    case "ss": return moment.second.digits(2)
    case "s": return "\(moment.second)"
    case "SSS": return moment.millisecond.digits(3)
    case "SS": return (moment.millisecond / 10).digits(2)
    case "S": return "\(moment.millisecond / 100)"
    case "A": return moment.hour < 12 ? "AM" : "PM"
    case "a": return moment.hour < 12 ? "am" : "pm"
    default: return nil
    }
  }

  private static func zone(_ token: String, _ moment: CalendarMoment) -> String {
    let minutes = abs(moment.offset) / 60
    let sign = moment.offset < 0 ? "-" : "+"
    switch token {
    case "ZZ": return "\(sign)\((minutes / 60).digits(2))\((minutes % 60).digits(2))"
    case "Z": return "\(sign)\((minutes / 60).digits(2)):\((minutes % 60).digits(2))"
    case "X": return "\(moment.secondsSince1970)"
    default: return "\(moment.secondsSince1970 * 1000 + moment.millisecond)"
    }
  }

  private static func ordinal(_ number: Int) -> String {
    let isTeen = (11...13).contains(number % 100)
    let ending = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
    return "\(number)\(ending)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
}
