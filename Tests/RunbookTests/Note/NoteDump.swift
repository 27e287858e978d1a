@testable import Runbook

/// A note as indented text, positions included: what the goldens hold.
enum NoteDump {
  static func tree(_ note: Note) -> String {
    var depths: [Int] = []
    var out = ""
    for (index, block) in note.blocks.enumerated() {
      depths.append(block.parent.map { depths[$0] + 1 } ?? 0)
      let start = note.position(of: block.start)
      out += String(repeating: "  ", count: depths[index])
      out += "\(kind(block.kind)) \(start.line):\(start.column) to \(block.lastLine + 1)"
      out += " \(quoted(note, block.start..<note.lines.content(of: block.line).upperBound))\n"
    }
    return out + facts(note)
  }

  private static func facts(_ note: Note) -> String {
    var out = ""
    for task in note.tasks {
      out += "task line \(task.line + 1) in \(task.parent.map(String.init) ?? "-")"
      out += " [\(note.text(task.mark))] \(quoted(note, task.text))\n"
    }
    for heading in note.headings {
      out += "heading line \(heading.line + 1) \(heading.level) “\(heading.text)”"
      out += heading.isTopLevel ? "\n" : " inside\n"
    }
    for fence in note.fences {
      out += "fence line \(fence.line + 1) to \(fence.closingLine.map { "\($0 + 1)" } ?? "open")"
      out += " task \(fence.task.map(String.init) ?? "-") \(quoted(note, fence.language))"
      out +=
        " \(quoted(note, fence.attributes)) \(String(decoding: fence.code, as: UTF8.self).debugDescription)"
      out += fence.splitTabLines.isEmpty ? "\n" : " split \(fence.splitTabLines)\n"
    }
    for comment in note.comments { out += "comment \(quoted(note, comment))\n" }
    if let open = note.openComment { out += "open comment at \(note.position(of: open))\n" }
    if let open = note.openMath { out += "open math at \(note.position(of: open))\n" }
    for link in note.links(in: 0..<note.bytes.count) {
      out += "\(link.isEmbed ? "embed" : "link") \(quoted(note, link.range)) \(link.target)"
      out += " # \(link.fragment ?? "-") | \(link.alias ?? "-")\n"
    }
    if let front = note.frontMatter { out += frontMatter(front, note) }
    for problem in note.problems {
      out += "problem \(note.position(of: problem.range.lowerBound)): \(problem.message)\n"
    }
    return out
  }

  private static func frontMatter(_ front: FrontMatter, _ note: Note) -> String {
    var out = "front matter to \(front.closingLine + 1)\(front.isExtensible ? "" : " closed")\n"
    for entry in front.entries {
      out += "  \(entry.key) lines \(entry.lines.lowerBound + 1)..<\(entry.lines.upperBound + 1)"
      out += " \(quoted(note, entry.keyRange)) = \(value(entry.value, note))\n"
    }
    return out
  }

  private static func value(_ value: YAMLValue, _ note: Note) -> String {
    switch value {
    case .scalar(let text, let range): "\(text.debugDescription) from \(quoted(note, range))"
    case .sequence(let items, _):
      "[" + items.map { self.value($0, note) }.joined(separator: ", ") + "]"
    case .mapping(let pairs, _):
      "{" + pairs.map { "\($0.key): \(self.value($0.value, note))" }.joined(separator: ", ") + "}"
    case .empty: "nothing"
    }
  }

  private static func kind(_ kind: MarkdownBlock.Kind) -> String {
    switch kind {
    case .list(let isOrdered): isOrdered ? "ordered list" : "list"
    case .heading(let level, let isSetext): "heading \(level)\(isSetext ? " setext" : "")"
    default: "\(kind)"
    }
  }

  private static func quoted(_ note: Note, _ range: Range<Int>) -> String {
    note.text(range).debugDescription
  }
}
