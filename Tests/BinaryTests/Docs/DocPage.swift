import Foundation

/// A page of the documentation, by a reading of Markdown that is enough for pages of ours: fences begin at the
/// margin, headings are `#`, links stand on one line.
struct DocPage {
  /// The folder of the package.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `README.md` and the pages in `docs`, as paths from `root`.
  static let names = ["README.md"] + pages("docs")

  /// The guide of the vault.
  static let guide = pages("vault/Guide")

  private static func pages(_ folder: String) -> [String] {
    let path = root.appendingPathComponent(folder).path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return files.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
  }

  let name: String
  let lines: [String]
  let fences: [DocFence]
  /// By line: in a fence, its opening and closing lines included.
  private let isFenced: [Bool]

  init(_ name: String) throws {
    self.name = name
    let data = try Data(contentsOf: Self.root.appendingPathComponent(name))
    lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
    var fences: [DocFence] = []
    var isFenced = [Bool](repeating: false, count: lines.count)
    var opening: (line: Int, ticks: Int)?
    for (line, text) in lines.enumerated() {
      let ticks = text.prefix { $0 == "`" }.count
      isFenced[line] = opening != nil || ticks >= 3
      guard ticks >= 3 else { continue }
      guard let start = opening else {
        opening = (line, ticks)
        continue
      }
      guard ticks >= start.ticks, text.allSatisfy({ $0 == "`" }) else { continue }
      fences.append(
        DocFence(
          page: name, info: String(lines[start.line].dropFirst(start.ticks)),
          content: start.line + 1..<line,
          text: lines[start.line + 1..<line].map { $0 + "\n" }.joined())
      )
      opening = nil
    }
    self.fences = fences
    self.isFenced = isFenced
  }

  /// The lines outside fences, with their numbers (1-based).
  var prose: [(number: Int, text: String)] {
    lines.indices.filter { !isFenced[$0] }.map { ($0 + 1, lines[$0]) }
  }

  var headings: [(level: Int, text: String)] {
    prose.compactMap { _, text in
      let level = text.prefix { $0 == "#" }.count
      guard level > 0, text.dropFirst(level).first == " " else { return nil }
      return (level, String(text.dropFirst(level + 1)))
    }
  }

  /// What a link's `#…` can name: a heading in lower case, without punctuation, hyphens for spaces.
  var anchors: Set<String> {
    Set(
      headings.map { heading in
        let kept = heading.text.lowercased().filter {
          $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_"
        }
        return kept.replacing(" ", with: "-")
      })
  }

  /// The prose below a heading of that text, up to the next of its level.
  func section(_ title: String) -> String? {
    var level: Int?
    var result: [String] = []
    for (_, text) in prose {
      let depth = text.prefix { $0 == "#" }.count
      if let level, depth > 0, depth <= level { break }
      if level != nil {
        result.append(text)
      } else if depth > 0, text.dropFirst(depth) == " \(title)" {
        level = depth
      }
    }
    return level == nil ? nil : result.joined(separator: "\n")
  }

  /// The cells of the first table below a heading of that text, without its head.
  func rows(in section: String) -> [[String]] {
    let lines = (self.section(section) ?? "").components(separatedBy: "\n")
    let table = lines.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
    return table.dropFirst(2).map { line in
      line.replacing("\\|", with: "\u{0}").split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces).replacing("\u{0}", with: "|")
      }
    }
  }

  /// The page with other text in some of its fences.
  func replacing(_ texts: [(fence: DocFence, text: String)]) -> String {
    var lines = lines
    for (fence, text) in texts.sorted(by: {
      $0.fence.content.lowerBound > $1.fence.content.lowerBound
    }) {
      let new = text.hasSuffix("\n") ? String(text.dropLast()) : text
      lines.replaceSubrange(fence.content, with: new.components(separatedBy: "\n"))
    }
    return lines.joined(separator: "\n")
  }
}
