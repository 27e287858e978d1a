import Runbook

/// Gives the variables of templates their values. What a person was asked for one counts for the next.
final class TemplateFilling {
  private let settings: TemplateSettings
  private let moment: CalendarMoment
  private var values: [String: String]

  init(settings: TemplateSettings, values: [String: String]) throws {
    guard let moment = CalendarMoment.now else { throw VaultProblem("the clock can't be read") }
    self.settings = settings
    self.moment = moment
    self.values = values
  }

  /// - Throws: the status to end with, where a value is missing or can't stand where it should; it was told then.
  func fill(_ template: NoteTemplate, title: String) throws -> [UInt8] {
    var fill = TemplateFill(
      title: title, moment: moment, dateFormat: settings.dateFormat,
      timeFormat: settings.timeFormat)
    fill.values = values
    ask(for: template.missing(in: fill))
    fill.values = values
    do {
      return try template.filled(fill)
    } catch {
      throw CheckReport.refuse(
        [Diagnostic(error, file: template.file, bytes: template.bytes)], asJSON: false)
    }
  }

  /// On a terminal; what nobody answers stays missing.
  private func ask(for missing: [TemplateVariable]) {
    guard !missing.isEmpty else { return }
    let door = FrontDoor.open(isJSON: false)
    defer { door.close() }
    for variable in missing {
      let purpose = variable.purpose.map { " (\(PlainText.line($0)))" } ?? ""
      guard let value = door.ask("\(variable.name)\(purpose): ") else { return }
      values[variable.name] = value
    }
  }
}
