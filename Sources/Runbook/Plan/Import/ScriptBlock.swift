/// A block of the note to be.
struct ScriptBlock {
  var language: String
  /// `timeout=3s`, without the braces.
  var attributes: [String] = []
  var code: String
  /// Not run: kept to be read.
  var isKept = false

  /// Fenced, for an item of a list.
  var text: String {
    let lines = code.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
    let ticks = lines.map { $0.prefix { $0 == "`" }.count }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, ticks + 1))
    let all = attributes + (isKept ? ["ignore"] : [])
    let info = all.isEmpty ? language : "\(language) {\(all.joined(separator: " "))}"
    return "\(fence)\(info)\n\(code)\n\(fence)"
  }

  var indentedText: String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }
}
