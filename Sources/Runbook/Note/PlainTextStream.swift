/// `PlainText` for output that is still being written: fed in chunks of any size, it gives the lines that
/// are complete and the one that is not. How the bytes are cut into chunks makes no difference. Holds one
/// line, of at most the limit.
public struct PlainTextStream: Sendable {
  private enum State: Equatable {
    case ground
    case escape
    case escapeIntermediate
    case control
    /// OSC, DCS, SOS, PM, APC: text for the terminal's own use.
    case string
  }

  private let keepsTabs: Bool
  private var state = State.ground
  private var decoder = UTF8Decoder()
  private var line: PlainTextLine
  private var parameters = ControlParameters()

  /// - Parameters:
  ///   - lineLimit: bytes of UTF-8 after which a line is cut.
  ///   - keepsTabs: otherwise a tab becomes a space.
  ///   - isForNotes: otherwise `<%` stays as it is.
  public init(
    lineLimit: Int = PlainText.lineLimit, keepsTabs: Bool = true, isForNotes: Bool = true
  ) {
    self.keepsTabs = keepsTabs
    line = PlainTextLine(limit: lineLimit, isForNotes: isForNotes)
  }

  /// What the line that has no end yet shows.
  public var partial: String { line.text }

  /// The lines that these bytes complete.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { feed($0, into: &lines) }
    if isDone == nil {
      ContiguousArray(bytes).withUnsafeBufferPointer { feed($0, into: &lines) }
    }
    return lines
  }

  /// The last line where it has no end; nil where nothing of it can be seen. The stream is then as new.
  public mutating func finish() -> String? {
    if decoder.isPending {
      var none: [String] = []
      accept(UTF8Decoder.replacement, &none)
    }
    let text = line.text
    decoder.reset()
    line.clear()
    state = .ground
    return text.isEmpty ? nil : text
  }

  private mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, into lines: inout [String]) {
    var index = 0
    while index < bytes.count {
      if state == .ground, !decoder.isPending {
        let end = Self.endOfRun(in: bytes, from: index)
        if end > index {
          line.put(ascii: UnsafeBufferPointer(rebasing: bytes[index..<end]))
          index = end
          continue
        }
      }
      take(bytes[index], &lines)
      index += 1
    }
  }

  private static func endOfRun(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x7F { end += 1 }
    return end
  }

  private mutating func take(_ byte: UInt8, _ lines: inout [String]) {
    switch decoder.feed(byte) {
    case .incomplete: break
    case .scalar(let scalar): accept(scalar, &lines)
    case .illFormed: accept(UTF8Decoder.replacement, &lines)
    case .illFormedAgain:
      accept(UTF8Decoder.replacement, &lines)
      take(byte, &lines)
    }
  }

  private mutating func accept(_ scalar: Unicode.Scalar, _ lines: inout [String]) {
    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
      control(scalar.value, &lines)
      return
    }
    switch state {
    case .ground: if let shown = PlainText.shown(scalar) { line.put(shown) }
    case .escape: escape(scalar, &lines)
    case .escapeIntermediate: finishEscape(scalar, &lines)
    case .control: continueControl(scalar, &lines)
    case .string: break
    }
  }

  /// A control character ends whatever sequence it stands in, also a string's. A terminal would swallow
  /// text up to a terminator that may never come; the rest of a log must not be lost to one stray `ESC ]`.
  private mutating func control(_ value: UInt32, _ lines: inout [String]) {
    let wasString = state == .string
    switch value {
    case 0x1B: state = .escape
    case 0x9B: beginControl()
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F: state = .string
    case 0x7F: break
    case 0x0A, 0x0B, 0x0C, 0x85:
      state = .ground
      lines.append(line.text)
      line.clear()
    case _ where wasString && value < 0x20 && value != 0x07 && value != 0x18 && value != 0x1A:
      break
    default:
      state = .ground
      if !wasString { move(value) }
    }
  }

  private mutating func move(_ value: UInt32) {
    switch value {
    case 0x08: line.move(by: -1)
    case 0x09: line.put(keepsTabs ? "\t" : " ")
    case 0x0D: line.carriageReturn()
    default: break
    }
  }

  private mutating func beginControl() {
    state = .control
    parameters = ControlParameters()
  }

  private mutating func escape(_ scalar: Unicode.Scalar, _ lines: inout [String]) {
    switch scalar {
    case "[": beginControl()
    case "]", "P", "X", "^", "_": state = .string
    case "\u{20}"..."\u{2F}": state = .escapeIntermediate
    default: finishEscape(scalar, &lines)
    }
  }

  private mutating func finishEscape(_ scalar: Unicode.Scalar, _ lines: inout [String]) {
    if state == .escapeIntermediate, (0x20...0x2F).contains(scalar.value) { return }
    state = .ground
    if scalar.value > 0x7E { accept(scalar, &lines) }
  }

  private mutating func continueControl(_ scalar: Unicode.Scalar, _ lines: inout [String]) {
    switch scalar.value {
    case 0x20...0x3F: parameters.take(scalar.value)
    case 0x40...0x7E:
      state = .ground
      perform(scalar)
    default:
      state = .ground
      accept(scalar, &lines)
    }
  }

  private mutating func perform(_ command: Unicode.Scalar) {
    guard parameters.isPlain else { return }
    let value = parameters.first
    switch command {
    case "C": line.move(by: max(1, value))
    case "D": line.move(by: -max(1, value))
    case "G": line.move(to: max(1, value) - 1)
    case "K" where value == 0: line.eraseToEnd()
    case "K" where value == 2: line.eraseAll()
    default: break
    }
  }
}
