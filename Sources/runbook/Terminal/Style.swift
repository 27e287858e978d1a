import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the terminal, or what stands in its place, may be sent.
struct Style: Sendable, Equatable {
  /// The sixteen colours and bold.
  var hasColour: Bool
  /// Redrawing in place. Without it a plain line an event is written.
  var hasMotion: Bool
  var hasUnicode: Bool
  /// The terminal breaks lines anew when it becomes narrower (most do; xterm, screen and the Linux
  /// console cut them off).
  var reflows: Bool

  static let plain = Style(
    hasColour: false, hasMotion: false, hasUnicode: true, reflows: false)

  init(hasColour: Bool, hasMotion: Bool, hasUnicode: Bool, reflows: Bool = true) {
    self.hasColour = hasColour
    self.hasMotion = hasMotion
    self.hasUnicode = hasUnicode
    self.reflows = reflows
  }

  init(environment: [String: String], isTerminal: Bool) {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    let term = environment["TERM"] ?? ""
    let isCI = isSet("CI") && environment["CI"] != "false"
    hasMotion = isTerminal && !isCI && !term.isEmpty && term != "dumb"
    hasColour = hasMotion && !isSet("NO_COLOR")
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].first(where: isSet).flatMap { environment[$0] }
    let charset = (locale ?? "").lowercased()
    hasUnicode = charset.contains("utf-8") || charset.contains("utf8")
    let isScreen = isSet("STY") && !isSet("TMUX")
    reflows = term != "linux" && !isSet("XTERM_VERSION") && !isScreen
  }

  /// Of standard output, as the environment has it.
  static var ofOutput: Style {
    Style(environment: ProcessContext.environment, isTerminal: isatty(1) == 1)
  }

  var ellipsis: String { hasUnicode ? "…" : "..." }
  var separator: String { hasUnicode ? " · " : " - " }

  func paint(_ text: SafeText, _ ink: Ink) -> SafeText {
    guard hasColour, let code = ink.code, !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
