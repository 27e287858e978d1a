import Runbook

/// One plain line an event, where there is no terminal to draw on:
/// `14:02:11  ✓ 1.2 Build locally  12.4s`. Two spaces part the fields, so that `awk -F '  '` can too.
struct PlainLog: Sendable {
  let style: Style

  /// - Parameters:
  ///   - time: `14:02:11`.
  ///   - detail: anything after the title; already short.
  func line(
    time: String, mark: Mark, number: String = "", title: String, detail: String? = nil
  ) -> SafeText {
    let words = [
      style.paint(SafeText(mark.text(style)), mark.ink), SafeText(PlainText.line(number)),
      SafeText(PlainText.line(title)),
    ]
    let fields = [
      SafeText(time), words.filter { !$0.isEmpty }.joined(separator: " "),
      SafeText(PlainText.line(detail ?? "")),
    ]
    return fields.filter { !$0.isEmpty }.joined(separator: "  ")
  }
}
