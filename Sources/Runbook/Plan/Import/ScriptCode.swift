/// The text of a script's parts, as it stands in a block.
struct ScriptCode {
  let script: Script
  /// What stands for the script's own path, `$0`; nil where the script never asks for it.
  let pathName: String?
  /// The bytes that change: where the script asks for its path.
  private let changes: [Splice]

  init(_ script: Script) {
    self.script = script
    let asked = script.parser.references.filter { $0.name == "0" || $0.name == "BASH_SOURCE" }
    let taken = Set(script.parser.assignments.map(\.name) + script.parser.references.map(\.name))
    let name =
      ["SCRIPT", "SCRIPT_FILE", "DEPLOY_SCRIPT"].first { !taken.contains($0) } ?? "THE_SCRIPT"
    pathName = asked.isEmpty ? nil : name
    changes = asked.map { reference in
      let bytes = script.bytes
      let isBraced = bytes[reference.range.lowerBound - 1] == UInt8(ascii: "{")
      var end = reference.range.upperBound
      if bytes[end...].starts(with: "[0]".utf8) { end += 3 }
      return Splice(
        reference.range.lowerBound..<end, Array((isBraced ? name : "{\(name)}").utf8))
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Lines of the script, without those of some units; what all of them are indented by is taken off.
  func text(_ lines: some Sequence<Int>) -> String {
    let kept = Array(lines)
    let indent = kept.filter { !isWhole($0) && !isBlank($0) }.map { indentation($0) }.min() ?? 0
    return kept.map { line in
      var text = text(of: script.lines.content(of: line))
      if !isWhole(line) {
        text = String(text.dropFirst(min(indent, indentation(line))))
        if isLocal(line) { text = Self.withoutLocal(text) }
      }
      return text
    }.joined(separator: "\n")
  }

  /// `local NAME` makes an empty variable.
  private static func withoutLocal(_ line: String) -> String {
    let rest = line.dropFirst(6)
    let name = rest.prefix { $0.utf8.allSatisfy(VariableName.isNameByte) }
    let value = rest.dropFirst(name.count)
    return value.first == "=" ? String(rest) : "\(name)=\(value)"
  }

  private func text(of range: Range<Int>) -> String {
    let inside = changes.filter { range.contains($0.range.lowerBound) }
    let shifted = inside.map {
      Splice(
        $0.range.lowerBound - range.lowerBound..<$0.range.upperBound - range.lowerBound,
        $0.replacement)
    }
    return String(decoding: Splice.apply(shifted, to: Array(script.bytes[range])), as: UTF8.self)
  }

  /// In the middle of a quote or a here-document, where spaces count.
  private func isWhole(_ line: Int) -> Bool {
    let start = script.lines.content(of: line).lowerBound
    return script.parser.wholes.contains { $0.lowerBound < start && start < $0.upperBound }
  }

  private func isBlank(_ line: Int) -> Bool {
    NoteText.isBlank(script.lines.content(of: line), in: script.bytes)
  }

  private func indentation(_ line: Int) -> Int {
    script.bytes[script.lines.content(of: line)].prefix { $0 == 0x20 || $0 == 9 }.count
  }

  /// `local` in a function whose body stands at the top level by now.
  private func isLocal(_ line: Int) -> Bool {
    guard let main = script.main else { return false }
    return script.units.contains {
      $0.lines.lowerBound == line && $0.command?.name == "local"
        && $0.command?.function == main.name
    }
  }
}
