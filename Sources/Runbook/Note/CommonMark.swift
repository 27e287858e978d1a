import CCmark

/// The one place that talks to libcmark. Neither SMART nor VALIDATE_UTF8 are ever set: both change the text.
enum CommonMark {
  /// The blocks of the body. Lines before `bodyLine` are fed as empty ones, so that line numbers need no
  /// offset and cmark skips no BOM in the middle of a file.
  static func blocks(of bytes: [UInt8], from bodyStart: Int, bodyLine: Int) -> [RawBlock] {
    guard let root = parse(bytes, from: bodyStart, bodyLine: bodyLine) else { return [] }
    defer { cmark_node_free(root) }
    var blocks: [RawBlock] = []
    var ancestors: [Int] = []
    var next = cmark_node_first_child(root)
    while let node = next {
      let type = cmark_node_get_type(node)
      let isKnown = kind(of: node, type)
      if let isKnown {
        blocks.append(block(node, isKnown, parent: ancestors.last))
      }
      if isContainer(type), let child = cmark_node_first_child(node) {
        ancestors.append(blocks.count - 1)
        next = child
      } else {
        next = following(node, root, &ancestors)
      }
    }
    return blocks
  }

  private static func parse(
    _ bytes: [UInt8], from bodyStart: Int, bodyLine: Int
  ) -> OpaquePointer? {
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_parser_free(parser) }
    let skipped = [CChar](repeating: 10, count: bodyLine)
    cmark_parser_feed(parser, skipped, skipped.count)
    bytes.withUnsafeBytes { all in
      let body = UnsafeRawBufferPointer(rebasing: all[bodyStart...])
      guard let start = body.baseAddress else { return }
      cmark_parser_feed(parser, start.assumingMemoryBound(to: CChar.self), body.count)
    }
    return cmark_parser_finish(parser)
  }

  /// The next node in document order that isn't inside `node`.
  private static func following(
    _ node: OpaquePointer, _ root: OpaquePointer, _ ancestors: inout [Int]
  ) -> OpaquePointer? {
    var current = node
    while current != root {
      if let next = cmark_node_next(current) { return next }
      guard let parent = cmark_node_parent(current) else { return nil }
      if parent != root { _ = ancestors.popLast() }
      current = parent
    }
    return nil
  }

  private static func isContainer(_ type: cmark_node_type) -> Bool {
    type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM
  }

  private static func kind(of node: OpaquePointer, _ type: cmark_node_type) -> RawBlock.Kind? {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST:
      .list(isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST)
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_CODE_BLOCK:
      .code(hasInfo: cmark_node_get_fence_info(node).map { $0.pointee != 0 } ?? false)
    case CMARK_NODE_HTML_BLOCK: .html
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    default: nil
    }
  }

  private static func block(
    _ node: OpaquePointer, _ kind: RawBlock.Kind, parent: Int?
  ) -> RawBlock {
    var literal: [UInt8] = []
    switch kind {
    case .code, .html: literal = bytes(cmark_node_get_literal(node))
    default: break
    }
    let lineEnds = literal.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
    let lines = literal.isEmpty || literal.last == 10 ? lineEnds : lineEnds + 1
    if case .html = kind { literal = [] }
    return RawBlock(
      kind: kind, parent: parent, line: Int(cmark_node_get_start_line(node)) - 1,
      column: Int(cmark_node_get_start_column(node)) - 1,
      endLine: Int(cmark_node_get_end_line(node)) - 1, literalLines: lines, code: literal)
  }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    var length = 0
    while text[length] != 0 { length += 1 }
    return text.withMemoryRebound(to: UInt8.self, capacity: length) {
      Array(UnsafeBufferPointer(start: $0, count: length))
    }
  }
}

// MARK: Inlines

extension CommonMark {
  /// The inline Markdown of the paragraphs and headings that begin on certain lines (0-based), as bytes: text as it
  /// is, neighbouring pieces joined, and for all else a NUL and the kind. Equal bytes, equal trees.
  static func inlines(of note: Note, onLines lines: Set<Int>) -> [Int: [UInt8]] {
    let start =
      note.bodyLine < note.lines.count
      ? note.lines.full(of: note.bodyLine).lowerBound : note.bytes.count
    guard let root = parse(note.bytes, from: start, bodyLine: note.bodyLine) else { return [:] }
    defer { cmark_node_free(root) }
    var found: [Int: [UInt8]] = [:]
    var ignored: [Int] = []
    var next = cmark_node_first_child(root)
    while let node = next {
      let type = cmark_node_get_type(node)
      let line = Int(cmark_node_get_start_line(node)) - 1
      if type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING, lines.contains(line) {
        found[line] = serialized(node)
      }
      if isContainer(type), let child = cmark_node_first_child(node) {
        next = child
      } else {
        next = following(node, root, &ignored)
      }
    }
    return found
  }

  private static func serialized(_ block: OpaquePointer) -> [UInt8] {
    var result: [UInt8] = []
    guard let iterator = cmark_iter_new(block) else { return result }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return result }
      guard let node = cmark_iter_get_node(iterator), node != block else { continue }
      let type = cmark_node_get_type(node)
      if type == CMARK_NODE_TEXT {
        result += bytes(cmark_node_get_literal(node))
        continue
      }
      result += [0, event == CMARK_EVENT_ENTER ? 1 : 2, UInt8(truncatingIfNeeded: type.rawValue)]
      guard event == CMARK_EVENT_ENTER else { continue }
      result += counted(cmark_node_get_literal(node))
      if type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE {
        result += counted(cmark_node_get_url(node)) + counted(cmark_node_get_title(node))
      }
    }
  }

  /// Whether a piece from the beginning of `inlines` ends inside a link or an image.
  static func isInLink(_ serialized: ArraySlice<UInt8>) -> Bool {
    let kinds = [CMARK_NODE_LINK, CMARK_NODE_IMAGE].map { UInt8(truncatingIfNeeded: $0.rawValue) }
    var depth = 0
    for index in serialized.indices.dropLast(2)
    where serialized[index] == 0 && kinds.contains(serialized[index + 2]) {
      if serialized[index + 1] == 1 { depth += 1 }
      if serialized[index + 1] == 2 { depth -= 1 }
    }
    return depth > 0
  }

  /// With its length in front: what is added inside code or an address does not pass for added text.
  private static func counted(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    let literal = bytes(text)
    return Array("\(literal.count)".utf8) + [0] + literal + [0]
  }
}
