#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a journal that another process is writing, as far as it is whole.
public struct JournalFollower {
  private let path: String
  private var offset: Int64 = 0
  private var pending: [UInt8] = []

  public init(_ folder: RunFolder) { path = folder.journal }

  /// The events that came since the last call.
  public mutating func next() throws -> [RunEvent] {
    var events: [RunEvent] = []
    while true {
      let bytes = try WholeFile.read(path, from: offset, limit: 1 << 20)
      if bytes.isEmpty { return events }
      offset += Int64(bytes.count)
      pending += bytes
      var start = 0
      while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
        events.append(
          try JSONDecoder().decode(RunEvent.self, from: Data(pending[start..<end])))
        start = end + 1
      }
      pending.removeFirst(start)
    }
  }
}
