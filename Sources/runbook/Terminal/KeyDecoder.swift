/// Bytes from a terminal to keys. Sequences of function and arrow keys are no keys here: the letter that
/// ends one must not answer a question. Those that move are named by characters that no keyboard types.
struct KeyDecoder: Sendable {
  static let up: Character = "\u{F700}"
  static let down: Character = "\u{F701}"
  static let home: Character = "\u{F729}"
  static let end: Character = "\u{F72B}"
  static let pageUp: Character = "\u{F72C}"
  static let pageDown: Character = "\u{F72D}"

  private enum State {
    case ground
    case escape
    case sequence
    /// `ESC O`: one more character.
    case single
  }

  private var state = State.ground
  private var pending: [UInt8] = []
  /// The first parameter of the sequence that is being read.
  private var parameter: [UInt8] = []

  /// Enter is `"\n"`; Escape is one only if nothing follows it in the same piece. A character of several
  /// bytes may be spread over pieces.
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [Character] {
    var keys: [Character] = []
    for byte in bytes { take(byte, &keys) }
    if state == .escape {
      keys.append("\u{1B}")
      state = .ground
    }
    return keys
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [Character]) {
    switch state {
    case .ground: takeText(byte, &keys)
    case .escape:
      switch byte {
      case UInt8(ascii: "["):
        state = .sequence
        parameter = []
      case UInt8(ascii: "O"): state = .single
      case 0x1B: break
      // Alt and a key.
      default: state = .ground
      }
    case .sequence where byte < 0x40: parameter.append(byte)
    case .sequence:
      state = .ground
      if let key = Self.movement(byte, parameter) { keys.append(key) }
    case .single:
      state = .ground
      if let key = Self.movement(byte, []) { keys.append(key) }
    }
  }

  /// Nil for a sequence that moves nothing.
  private static func movement(_ end: UInt8, _ parameter: [UInt8]) -> Character? {
    switch (end, String(decoding: parameter, as: UTF8.self)) {
    case (UInt8(ascii: "A"), _): up
    case (UInt8(ascii: "B"), _): down
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), "1"): home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), "4"): self.end
    case (UInt8(ascii: "~"), "5"): pageUp
    case (UInt8(ascii: "~"), "6"): pageDown
    default: nil
    }
  }

  private mutating func takeText(_ byte: UInt8, _ keys: inout [Character]) {
    switch byte {
    case 0x1B:
      state = .escape
      pending = []
    case 0x0D: keys.append("\n")
    case 0..<0x80:
      keys.append(Character(Unicode.Scalar(byte)))
      pending = []
    default: takePart(byte, &keys)
    }
  }

  private mutating func takePart(_ byte: UInt8, _ keys: inout [Character]) {
    if byte >= 0xC0 { pending = [] }
    pending.append(byte)
    let size = pending[0] >= 0xF0 ? 4 : pending[0] >= 0xE0 ? 3 : pending[0] >= 0xC0 ? 2 : 1
    guard pending.count >= size else { return }
    if let text = String(validating: pending, as: UTF8.self) { keys += text }
    pending = []
  }
}
