import Foundation

/// What differs from run to run, and from machine to machine, in what the program prints and writes.
enum DocText {
  /// The text with a word in the place of each time, id, pid and person, to compare two of them.
  static func comparable(_ text: String) throws -> String {
    try replaced(text, patterns)
  }

  /// The text as a page shows it, wherever it was recorded.
  static func publishable(_ text: String, scratch: String) throws -> String {
    try replaced(text.replacing(scratch, with: "/home/ana"), people)
  }

  private static func replaced(_ text: String, _ patterns: [(String, String)]) throws -> String {
    var text = text
    for (pattern, word) in patterns {
      text = text.replacing(try Regex(pattern).anchorsMatchLineEndings(), with: word)
    }
    return text
  }

  private static let patterns =
    people + [
      (#"\d{8}-\d{6}-[0-9a-f]{4}"#, "<run>"),
      (#"\d{4}-\d\d-\d\d \d{6}"#, "<day> <clock>"),
      (#"\d{4}-\d\d-\d\d"#, "<day>"),
      (#"\d\d:\d\d:\d\d"#, "<time>"),
      (#"<day> \d\d:\d\d\b"#, "<day> <minute>"),
      (#"[+-]\d\d:\d\d"#, "<zone>"),
      (#"\d+(\.\d+)?s"#, "<took>"),
      (#"^run_seconds: .*"#, "run_seconds: <took>"),
      (#"^run_order: .*"#, "run_order: <order>"),
      (#"logs [0-9a-f]{4}\b"#, "logs <id>"),
      (#"resume [0-9a-f]{4}\b"#, "resume <id>"),
      (#"cancel [0-9a-f]{4}\b"#, "cancel <id>"),
      (#"rollback [0-9a-f]{4}\b"#, "rollback <id>"),
      (#"\brun [0-9a-f]{4}\b"#, "run <id>"),
      (#"\(\d+\)"#, "(<pid>)"),
      (#"plan `[0-9a-f]{12}`"#, "plan `<digest>`"),
    ]

  private static let people = [
    (#"by \S+ on \S+"#, "by ana on laptop"),
    (#"begun by \S+ at"#, "begun by ana at"),
    (#"^host: .*"#, "host: laptop"),
    (#"^user: .*"#, "user: ana"),
    // Two records of one second are told apart by a number; a reader takes longer.
    (#" \d\.md$"#, ".md"),
    (#" \d\]\]"#, "]]"),
  ]
}
