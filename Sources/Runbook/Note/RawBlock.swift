/// A block as cmark reports it, with the fields that can be trusted and the few that help to compute the rest.
struct RawBlock {
  enum Kind {
    case quote, list(isOrdered: Bool), item, paragraph, heading(level: Int), code(hasInfo: Bool)
    case html, thematicBreak
  }

  let kind: Kind
  let parent: Int?
  /// 0-based, of the whole note.
  let line: Int
  /// 0-based, in bytes. Line 1 of a file is counted after its BOM.
  let column: Int
  /// 0-based. Right for paragraphs; one too many for setext headings that something follows; else not to be used.
  let endLine: Int
  /// Lines of the literal of code and HTML.
  let literalLines: Int
  /// The literal of code blocks.
  let code: [UInt8]
}
