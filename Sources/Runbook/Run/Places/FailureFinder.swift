/// Finds the line of a note at which a block failed.
struct FailureFinder {
  let block: Block
  /// What its shell has told of, where it is a strict one.
  let failures: ShellFailures
  /// The end of what it printed.
  let log: [UInt8]
  let paths: ScriptPaths

  /// Nil where no line is to blame: it was stopped, or never ran.
  func place(of result: BlockResult) -> NoteLine? {
    guard result.stopped == nil, result.problem == nil, result.hasRun,
      let exit = result.exit, exit != 0
    else { return nil }
    let outline =
      StrictShell.known(block.interpreter) == nil ? nil : ScriptOutline(block.code)
    let line =
      failures.line(endingWith: exit, in: outline) ?? told(exit)
      ?? outline?.onlyLine(endingWith: exit)
    return line.flatMap { block.lines.place(ofLine: $0) } ?? block.lines.whole
  }

  /// The line that an interpreter names in its last words.
  private func told(_ exit: Int) -> Int? {
    let mentions = paths.mentions(in: log)
    guard StrictShell.known(block.interpreter) != nil else {
      // Where the innermost call stands first it begins its line; python has it last.
      return (mentions.last { $0.isFirst } ?? mentions.last)?.line
    }
    // A shell complains of much that it lets pass.
    guard let last = mentions.last(where: \.isFirst) else { return nil }
    let words = String(decoding: log[last.range.upperBound...], as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    guard words.count == 1, let text = words.first else { return nil }
    return Self.isEnd(String(text), exit) ? last.line : nil
  }

  private static func isEnd(_ text: String, _ exit: Int) -> Bool {
    if text.contains("not found") { return exit == 127 }
    if text.contains("ermission denied") { return exit == 126 }
    if text.contains("parse error") { return true }
    return exit <= 2 || exit == 127
  }
}
