import CYAML

/// The one place that talks to libyaml: its event API, which gives scalars as written, with marks.
struct YAMLParser {
  /// libyaml counts characters, we count bytes.
  private let offsets: CharacterOffsets

  /// The events of a range of the note's bytes, and the problem that ended them, if any.
  static func events(
    _ bytes: [UInt8], in range: Range<Int>
  ) -> (events: [YAMLEvent], problem: NoteProblem?) {
    bytes.withUnsafeBufferPointer { all in
      let text = UnsafeBufferPointer(rebasing: all[range])
      return YAMLParser(offsets: CharacterOffsets(text, from: range.lowerBound)).read(text)
    }
  }

  private func read(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (events: [YAMLEvent], problem: NoteProblem?) {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      return ([], NoteProblem("no memory for the YAML parser", at: offsets.start..<offsets.start))
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
    var events: [YAMLEvent] = []
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else {
        return (events, problem(of: parser, text))
      }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return (events, nil) }
      if let kind = kind(of: event) {
        events.append(YAMLEvent(kind: kind, range: range(of: event)))
      }
    }
  }

  private func range(of event: yaml_event_t) -> Range<Int> {
    let start = offsets.byte(of: event.start_mark.index)
    return start..<max(start, offsets.byte(of: event.end_mark.index))
  }

  private func problem(
    of parser: yaml_parser_t, _ text: UnsafeBufferPointer<UInt8>
  ) -> NoteProblem {
    let what = parser.problem.map { String(cString: $0) } ?? "it can't be read"
    // The reader's errors (bad UTF-8, control characters) carry a byte offset instead of a mark.
    let offset =
      parser.error == YAML_READER_ERROR
      ? offsets.start + Int(clamping: parser.problem_offset)
      : offsets.byte(of: parser.problem_mark.index)
    let end = min(offset, offsets.end)
    let isTab =
      what.contains("cannot start any token") && end - offsets.start < text.count
      && text[end - offsets.start] == UInt8(ascii: "\t")
    return NoteProblem(
      "the front matter is not valid YAML: \(what)", at: end..<end,
      fix: isTab
        ? "indent with spaces, not with tabs"
        : "put quotes around values that hold `: `, `#` or begin with a special character")
  }

  private func kind(of event: yaml_event_t) -> YAMLEvent.Kind? {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_ALIAS_EVENT: return .refused("an alias (`*name`)")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      if scalar.anchor != nil { return .refused("an anchor (`&name`)") }
      if scalar.tag != nil { return .refused("a tag (`!name`)") }
      let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return .scalar(
        String(decoding: value, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return collection(anchor: start.anchor != nil, tag: start.tag != nil) ?? .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return collection(anchor: start.anchor != nil, tag: start.tag != nil)
        ?? .mappingStart(
          isBlock: start.style == YAML_BLOCK_MAPPING_STYLE, column: event.start_mark.column)
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return nil
    }
  }

  private func collection(anchor: Bool, tag: Bool) -> YAMLEvent.Kind? {
    if anchor { return .refused("an anchor (`&name`)") }
    return tag ? .refused("a tag (`!name`)") : nil
  }
}
