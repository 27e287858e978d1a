/// One way in which a program may print a secret.
struct SecretForm: Hashable {
  /// What may stand between two of its bytes without hiding it from a reader.
  enum Gaps: Hashable {
    /// Terminal codes, as in a line that is coloured by the letter.
    case codes
    /// Line breaks too: `base64` begins a new line after 76 characters.
    case lines
    /// Blanks, colons and commas too, as between the bytes of a dump.
    case blanks

    func hold(_ byte: UInt8) -> Bool {
      switch self {
      case .codes: false
      case .lines: byte == 0x0A || byte == 0x0D
      case .blanks:
        byte == 0x0A || byte == 0x0D || byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ":")
          || byte == UInt8(ascii: ",")
      }
    }
  }

  /// What comes first: a character of base64 holds bits of what stands before the secret as well, so that any of these
  /// may be there. Empty where the form begins with `core`.
  var head: [UInt8] = []
  let core: [UInt8]
  /// What may follow, as `head`.
  var tail: [UInt8] = []
  var gaps = Gaps.codes

  var length: Int { core.count + (head.isEmpty ? 0 : 1) + (tail.isEmpty ? 0 : 1) }

  /// The bytes that may stand at a place of it, gaps left aside; nil where it is over by then.
  func bytes(at place: Int) -> [UInt8]? {
    let index = place - (head.isEmpty ? 0 : 1)
    if index < 0 { return head }
    if index < core.count { return [core[index]] }
    return index == core.count && !tail.isEmpty ? tail : nil
  }
}
