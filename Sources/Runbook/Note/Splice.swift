/// A replacement of a range of a note's bytes.
public struct Splice: Sendable, Equatable {
  public let range: Range<Int>
  public let replacement: [UInt8]

  public init(_ range: Range<Int>, _ replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }
}
