/// A piece of what a note makes a machine do, as it is written: another run with other values is no change of it.
public struct ExecutablePart: Sendable, Equatable, Codable {
  /// For people: `1.2 Build, block 2`. No part of the comparison, since steps are counted and worded anew all the time.
  public let title: String
  /// What there is to see of it, in lines.
  public let text: [String]
  /// A hash of all of it, of bytes that no line can show as well.
  public let digest: String

  init(title: String, text: [String], code: [UInt8] = []) {
    self.title = title
    self.text = text
    // Each line with its length in front, so that no two lists of lines are the same bytes.
    var bytes: [UInt8] = []
    for line in text { bytes += "\(line.utf8.count):\(line)".utf8 }
    digest = ContentDigest.sha256(bytes + code)
  }

  public static func == (one: ExecutablePart, other: ExecutablePart) -> Bool {
    one.digest == other.digest
  }
}
