/// What a template is filled in with.
public struct TemplateFill: Sendable {
  /// The name of the note that is made.
  public var title: String
  public var moment: CalendarMoment
  /// By variable. Those that are missing take their default.
  public var values: [String: String] = [:]
  public var dateFormat: String
  public var timeFormat: String

  public init(
    title: String, moment: CalendarMoment, dateFormat: String? = nil, timeFormat: String? = nil
  ) {
    self.title = title
    self.moment = moment
    self.dateFormat = dateFormat ?? "YYYY-MM-DD"
    self.timeFormat = timeFormat ?? "HH:mm"
  }
}
