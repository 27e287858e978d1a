import Runbook

/// The notes that a new one embeds and that are not there yet, made of the templates that make notes of these names.
final class TemplateParts {
  private let shelf: TemplateShelf
  private let filling: TemplateFilling
  private let target: NewNotePlace
  private(set) var made: [(place: NewNotePlace, bytes: [UInt8])] = []
  /// Why one could not be made.
  private(set) var failure: (any Error)?

  init(shelf: TemplateShelf, filling: TemplateFilling, beside target: NewNotePlace) {
    self.shelf = shelf
    self.filling = filling
    self.target = target
  }

  /// Of a link that leads to no note; nil where no template makes it.
  func note(linkedAs link: String) -> EmbedReader.UnwrittenNote? {
    guard failure == nil, let template = shelf.template(making: link),
      let title = template.initialNote
    else { return nil }
    do {
      if !made.contains(where: { $0.place.title == title }) {
        let place = try target.sibling(named: title)
        made.append((place, try filling.fill(template, title: title)))
      }
      return made.first { $0.place.title == title }.map {
        EmbedReader.UnwrittenNote(path: $0.place.path, bytes: $0.bytes)
      }
    } catch {
      failure = error
      return nil
    }
  }
}
