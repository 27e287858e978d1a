/// The white space, quote marks and list markers that a line begins with, read without knowing its containers:
/// an upper bound of what it opens.
struct MarkerPrefix {
  private(set) var markers = 0
  /// Columns of white space, tabs at their widest.
  private(set) var columns = 0
  /// Where the text begins.
  private(set) var end: Int

  init(_ bytes: [UInt8], in range: Range<Int>) {
    end = range.lowerBound
    while end < range.upperBound {
      switch bytes[end] {
      case 0x20: columns += 1
      case 0x09: columns += 4
      case UInt8(ascii: ">"): markers += 1
      default:
        guard let length = Self.listMarker(bytes, at: end, before: range.upperBound) else { return }
        markers += 1
        end += length - 1
      }
      end += 1
    }
  }

  private static func listMarker(_ bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    var index = start
    switch bytes[start] {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): index += 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      while index < end, index - start < 10, (0x30...0x39).contains(bytes[index]) { index += 1 }
      guard index < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")")
      else { return nil }
      index += 1
    default: return nil
    }
    guard index == end || NoteText.isSpace(bytes[index]) else { return nil }
    return index - start
  }
}
