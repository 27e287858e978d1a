/// A fenced block of a page, and what the words behind its backticks make of it.
struct DocFence {
  enum Use: Equatable {
    /// `markdown NAME.md`: a note, written to that file; `status=3` is what its run must end with.
    case note(name: String, status: Int)
    /// `markdown NAME.md result`: what that file says by then.
    case result(name: String)
    /// `markdown excerpt`: a piece of a note, which can't run by itself.
    case excerpt
    /// `console`: commands behind `$`, and what they print.
    case console
    /// Any other language: to be read, not run.
    case other
    case unclear(String)
  }

  let page: String
  let info: String
  /// 0-based lines of the page.
  let content: Range<Int>
  let text: String

  var use: Use {
    let words = info.split(separator: " ").map(String.init)
    guard let language = words.first else { return .unclear("a fence without a language") }
    switch language {
    case "console": return .console
    case "markdown", "md":
      guard words.count > 1 else {
        return .unclear("a note without a name: write `markdown NAME.md`")
      }
      if words[1] == "excerpt" { return .excerpt }
      if words.count == 2 { return .note(name: words[1], status: 0) }
      if words[2] == "result" { return .result(name: words[1]) }
      if let status = Int(words[2].dropFirst("status=".count)), words[2].hasPrefix("status=") {
        return .note(name: words[1], status: status)
      }
      return .unclear("“\(info)” is not understood")
    default: return .other
    }
  }
}
