/// Captured values and the secrets of the run, in a private file (0600). Journal, scripts and
/// process list hold none of them.
final class ValueStore {
  private struct Entry: Codable {
    let name: String
    let value: String
  }

  private let file: DurableFile
  private(set) var values: [String: String]

  /// - Parameter bytes: what the file holds already; a torn last line is left out.
  init(path: String, contents bytes: [UInt8] = []) throws(SystemError) {
    values = Self.read(bytes)
    file = try DurableFile(path: path, length: Int64(Self.wholeLines(bytes)))
  }

  static func read(_ bytes: [UInt8]) -> [String: String] {
    var values: [String: String] = [:]
    for line in bytes[..<wholeLines(bytes)].split(separator: UInt8(ascii: "\n")) {
      guard let entry = JSONText.decode(Entry.self, Array(line)) else { continue }
      values[entry.name] = entry.value
    }
    return values
  }

  private static func wholeLines(_ bytes: [UInt8]) -> Int {
    bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  /// The same for those that it does not have yet.
  func set(_ values: [String: String]) throws {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) where self.values[name] != value {
      try set(name, value)
    }
  }

  /// On disk before this returns. Where it can't be written, this runner has it all the same.
  func set(_ name: String, _ value: String) throws {
    values[name] = value
    try file.append(try JSONText.encode(Entry(name: name, value: value), isPretty: false))
    try file.sync()
  }
}
