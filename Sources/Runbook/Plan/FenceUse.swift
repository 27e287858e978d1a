/// What a fence is for a plan.
enum FenceUse {
  /// Never run: another language, or `{ignore}`.
  case documentation
  case runnable(Runnable)
  /// Looks as if it were meant to run, and can't.
  case mistaken(NoteProblem)

  struct Runnable {
    /// In lower case.
    let language: String
    /// The bytes of `{…}`; nil where there is none.
    let attributes: Range<Int>?
  }

  init(_ note: Note, _ fence: Fence) {
    let language = note.text(fence.language).lowercased()
    let isKnown = Interpreter.known[language] != nil
    let isBraced =
      !fence.attributes.isEmpty && note.bytes[fence.attributes.lowerBound] == UInt8(ascii: "{")
    // Other tools put other things behind a language; only a readable list can be ours.
    let attributes = isBraced ? try? AttributeReader.read(note.bytes, fence.attributes) : []
    let names = Set(
      (attributes ?? []).filter { $0.value != "false" }
        .compactMap { AttributeName(written: $0.name) })
    if names.contains(.ignore) || names.contains(.excludeFromRunAll) {
      self = .documentation
    } else if language.isEmpty, isBraced, Self.isOurs(note, fence) {
      self = .mistaken(Self.bracedLanguage(note, fence))
    } else if isKnown, !isBraced, !fence.attributes.isEmpty {
      self = .mistaken(Self.looseWords(note, fence))
    } else if isKnown || names.contains(.interpreter) {
      self = .runnable(
        Runnable(language: language, attributes: isBraced ? fence.attributes : nil))
    } else if let name = names.first {
      self = .mistaken(Self.unknownLanguage(note, fence, language, name))
    } else {
      self = .documentation
    }
  }

  /// `{bash}` and `{timeout=3s}`; not the `{note}` and `{figure}` of other tools.
  private static func isOurs(_ note: Note, _ fence: Fence) -> Bool {
    let word = firstWord(note, fence)
    return Interpreter.known[word] != nil || AttributeName(written: word) != nil
  }

  private static func firstWord(_ note: Note, _ fence: Fence) -> String {
    let text = note.text(fence.attributes).lowercased().drop { "{. ".contains($0) }
    return String(text.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
  }

  /// Pandoc's `{.bash}` and R Markdown's `{bash}`.
  private static func bracedLanguage(_ note: Note, _ fence: Fence) -> NoteProblem {
    let word = firstWord(note, fence)
    let isLanguage = Interpreter.known[word] != nil
    return NoteProblem(
      isLanguage
        ? "a language in braces does not run" : "the language is missing in front of “{”",
      at: fence.attributes,
      fix: isLanguage
        ? "write ```\(word), and attributes behind it: ```\(word) {timeout=10m}"
        : "write ```bash \(note.text(fence.attributes))")
  }

  private static func looseWords(_ note: Note, _ fence: Fence) -> NoteProblem {
    let words = note.text(fence.attributes)
    let name = String(words.prefix { $0 != "=" && $0 != " " && $0 != ":" })
    let language = note.text(fence.language)
    return NoteProblem(
      "“\(words)” behind the language is not understood",
      at: fence.attributes,
      fix: AttributeName(written: name) == nil
        ? "take it out: only attributes in braces stand there, as in ```\(language) {timeout=10m}; "
          + "{ignore} makes it documentation"
        : "put attributes in braces: ```\(language) {\(words)}")
  }

  private static func unknownLanguage(
    _ note: Note, _ fence: Fence, _ language: String, _ name: AttributeName
  ) -> NoteProblem {
    let near = Spelling.nearest(to: language, among: Interpreter.known.keys.sorted())
    return NoteProblem(
      "“\(language)” is no language that runs, but the block has “\(name.rawValue)”",
      at: fence.language.isEmpty ? fence.info : fence.language,
      fix: near.map { "did you mean \($0)?" }
        ?? "name its program with interpreter=…, or mark it {ignore}")
  }
}
