extension Note {
  /// Reads a note. Any bytes are a note: invalid UTF-8 and NUL too, so that they can be written back.
  /// - Throws: `NoteProblem` where it is too large, UTF-16, or so nested that reading it would take too long.
  public init(_ bytes: [UInt8]) throws(NoteProblem) {
    if let encoding = ForeignEncoding.name(of: bytes) {
      throw NoteProblem("the note is \(encoding) text", at: 0..<0, fix: ForeignEncoding.fix)
    }
    guard bytes.count <= Note.sizeLimit else {
      throw NoteProblem(
        "the note is over \(Note.sizeLimit >> 20) MiB", at: 0..<0,
        fix: "move logs and data into files of their own")
    }
    let lines = LineTable(bytes)
    let place = FrontMatterLines(bytes, lines)
    let bodyLine = place.map { $0.closingLine + 1 } ?? 0
    try ParseGuard.check(bytes, lines, from: bodyLine)
    let (frontMatter, yamlProblems) =
      place.map { FrontMatterReader.read(bytes, lines, $0) }.map { ($0, $1) } ?? (nil, [])
    let bodyStart = bodyLine < lines.count ? lines.full(of: bodyLine).lowerBound : bytes.count
    let raw = CommonMark.blocks(of: bytes, from: bodyStart, bodyLine: bodyLine)
    let body = NoteBody(bytes, lines, raw)
    self.init(
      bytes: bytes, lines: lines, frontMatter: frontMatter, bodyLine: bodyLine,
      blocks: body.blocks, headings: body.headings, tasks: body.tasks, fences: body.fences,
      comments: body.comments.comments, openComment: body.comments.openComment,
      openMath: body.comments.openMath, problems: yamlProblems + body.problems)
  }
}
