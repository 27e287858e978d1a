/// Where each line of a note begins and ends. Lines end at CRLF, LF or CR and nowhere else, as in
/// CommonMark: U+2028, VT and FF are text.
public struct LineTable: Sendable, Equatable {
  /// Byte offset of the first byte of each line; the last line may be empty.
  private let starts: [Int]
  /// Byte offset after each line's text, before its ending.
  private let contentEnds: [Int]
  private let length: Int

  public init(_ bytes: [UInt8]) {
    var starts = [0]
    var contentEnds: [Int] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
        index += 1
        continue
      }
      contentEnds.append(index)
      let isPair =
        byte == UInt8(ascii: "\r") && index + 1 < bytes.count
        && bytes[index + 1] == UInt8(ascii: "\n")
      index += isPair ? 2 : 1
      starts.append(index)
    }
    contentEnds.append(bytes.count)
    self.starts = starts
    self.contentEnds = contentEnds
    length = bytes.count
  }

  /// At least 1: an empty note is one empty line; text that ends with a line ending has an empty last line.
  public var count: Int { starts.count }

  /// The bytes of a line (0-based) without its ending.
  public func content(of line: Int) -> Range<Int> { starts[line]..<contentEnds[line] }

  /// The bytes of a line (0-based) with its ending.
  public func full(of line: Int) -> Range<Int> {
    starts[line]..<(line + 1 < starts.count ? starts[line + 1] : length)
  }

  /// The bytes of a line's ending: CRLF, LF, CR, or empty for the last line.
  public func ending(of line: Int) -> Range<Int> { contentEnds[line]..<full(of: line).upperBound }

  /// The line (0-based) that holds a byte offset; the offset after the last byte is on the last line.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
