/// The section of a note that an embed names behind `#`, found as Obsidian finds it.
enum EmbedSection {
  /// 0-based line of its heading.
  static func line(_ fragment: String, in note: Note) throws(VaultProblem) -> Int {
    guard !fragment.hasPrefix("^") else {
      throw VaultProblem(
        "a single block can't be embedded as a step",
        fix: "embed its section, ![[Note#Heading]], or the whole note")
    }
    let parts = fragment.split(separator: "#").map { key(String($0)) }
    let paths = HeadingPaths(note)
    let headings = note.headings.filter(\.isTopLevel)
    let found = headings.filter { fits(parts, paths.chain(at: $0.line).map { key($0.text) }) }
    guard let first = found.first else { throw missing(parts, fragment, headings) }
    guard found.count == 1 else {
      throw VaultProblem(
        "“\(fragment)” fits \(found.count) headings, the first on line \(first.line + 1)",
        fix: "name the heading above it too: ![[Note#Above#\(first.text)]]")
    }
    return first.line
  }

  /// The last part is the heading, those before it stand above it, in order.
  private static func fits(_ parts: [String], _ chain: [String]) -> Bool {
    guard let last = parts.last, chain.last == last else { return false }
    var rest = chain.dropLast()[...]
    for part in parts.dropLast() {
      guard let index = rest.firstIndex(of: part) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }

  private static func missing(
    _ parts: [String], _ fragment: String, _ headings: [Heading]
  ) -> VaultProblem {
    let near = Spelling.nearest(to: parts.last ?? "", among: headings.map { key($0.text) })
      .flatMap { near in headings.first { key($0.text) == near } }
    return VaultProblem(
      "the embedded note has no section “\(fragment)”",
      fix: near.map { "did you mean “\($0.text)”?" }
        ?? (headings.isEmpty
          ? "it has no headings"
          : "it has " + headings.prefix(8).map(\.text).joined(separator: ", ")))
  }

  /// Case, punctuation and the number of spaces don't count: Obsidian leaves signs out when it makes a link.
  static func key(_ text: String) -> String {
    text.lowercased().split { $0 == " " || $0 == "\t" || signs.contains($0) }
      .joined(separator: " ")
  }

  private static let signs = Set("!\"#$%&()*+,.:;<=>?@^`{|}~/[]\\")
}
