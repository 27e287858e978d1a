#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Journal {
  /// What a journal says, as far as it is whole.
  struct Contents {
    let events: [RunEvent]
    /// Bytes of whole events; a runner that goes on appends behind them.
    let length: Int64
  }

  struct Damage: Error, CustomStringConvertible {
    let line: Int
    let reason: String

    var description: String { "line \(line) of the journal can't be read: \(reason)" }
  }

  /// Reads the events. A torn last line is normal, a crash leaves one, and it is left out; anything else that
  /// can't be read is damage.
  ///
  /// - Parameter isChain: it is several journals, one behind the other.
  static func read(_ bytes: [UInt8], isChain: Bool = false) throws -> Contents {
    var events: [RunEvent] = []
    var start = 0
    let decoder = JSONDecoder()
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let number = events.count + 1
      do {
        let event = try decoder.decode(RunEvent.self, from: Data(bytes[start..<end]))
        let next = (events.last?.number ?? 0) + 1
        guard event.number == next || isChain && event.number == 1 else {
          throw Damage(
            line: number, reason: "event \(event.number) stands where event \(next) should")
        }
        events.append(event)
      } catch let damage as Damage {
        throw damage
      } catch {
        throw Damage(line: number, reason: Self.reason(error))
      }
      start = end + 1
    }
    return Contents(events: events, length: Int64(start))
  }

  /// What is wrong, without the decoder's own way of telling it.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.dataCorrupted(let context): context.debugDescription
    case DecodingError.keyNotFound(let key, _): "“\(key.stringValue)” is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "“\(context.codingPath.last?.stringValue ?? "")” is not what it should be"
    default: "\(error)"
    }
  }
}
