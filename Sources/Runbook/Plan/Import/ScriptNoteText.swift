/// The Markdown of a note that was made from a script.
struct ScriptNoteText {
  let place: ScriptNote.Place
  let isStrict: Bool
  let parameters: [(name: String, value: String?)]
  let secrets: [String]
  let description: [String]
  let steps: [(step: ScriptSteps.Step, blocks: [ScriptBlock])]
  let kept: [ScriptBlock]
  let notices: [ImportNotice]

  var text: String {
    let parts = [frontMatter, "# \(place.title)", about] + body + ending
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var frontMatter: String {
    var lines = ["---", "tags: [runbook]"]
    if let folder = place.folder { lines.append("cwd: \(PropertyText.setting(folder))") }
    if !isStrict { lines.append("strict: false") }
    if !parameters.isEmpty {
      lines.append("params:")
      for (name, value) in parameters {
        lines.append("  - " + PropertyText.setting(value.map { "\(name)=\($0)" } ?? name))
      }
    }
    if !secrets.isEmpty { lines.append("secrets: [\(secrets.joined(separator: ", "))]") }
    return (lines + ["---"]).joined(separator: "\n")
  }

  private var about: String {
    let words = description.map { Self.prose($0) }.joined(separator: " ")
    return "Made from `\(place.script.filter { $0 != "`" })`."
      + (words.isEmpty ? "" : " It says of itself: \(words)")
  }

  /// Words as they are, whatever signs they hold.
  private static func prose(_ text: String) -> String {
    var result = ""
    for character in PlainText.line(text) {
      if "\\[]<>*_`#|~$%{}^!".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result.replacing("::", with: ":\\:")
  }

  private var body: [String] {
    var parts: [String] = steps.contains { $0.step.phase != nil } ? [] : ["## Steps"]
    var list: [String] = []
    for (step, blocks) in steps {
      if let phase = step.phase {
        if !list.isEmpty { parts.append(list.joined(separator: "\n")) }
        list = []
        parts.append("## \(phase)")
      }
      list.append("- [ ] \(step.title)")
      list += blocks.map(\.indentedText)
    }
    if !list.isEmpty { parts.append(list.joined(separator: "\n")) }
    return parts
  }

  private var ending: [String] {
    guard !notices.isEmpty || !kept.isEmpty else { return [] }
    let lines = notices.map { "- Line \($0.line): \(Self.note($0.message))" }
    return ["## To look at", lines.joined(separator: "\n")] + kept.map(\.text)
  }

  /// Names of variables as code; what stands in backquotes already stays.
  private static func note(_ message: String) -> String {
    message.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.hasPrefix("$") else { return String(word) }
      let end = word.last.map { ",:;".contains($0) } ?? false
      return end ? "`\(word.dropLast())`\(word.suffix(1))" : "`\(word)`"
    }.joined(separator: " ")
  }
}
