import Foundation
import Testing

@testable import Runbook

/// What an event says to people holds no secret, whichever of its texts that stood in.
struct EventMaskingTests {
  /// What a run is carried on by, and words of our own.
  private static let kept: Set<String> = [
    "event", "at", "step", "steps", "role", "folder", "bootID", "host", "hosts", "id", "note",
    "file", "section", "digest", "user", "machine", "version", "source", "result", "outcome",
    "choice", "choices", "kind", "next", "stopped", "record", "by", "run", "startedAt",
    "hashOfOld", "hashOfNew", "noteName", "temporaryName",
  ]

  @Test func everyTextIsMasked() throws {
    var count = 0
    for kind in JournalTests.kinds {
      for (key, text) in try Self.texts(kind) where !text.isEmpty && !Self.isKept(key, kind) {
        let masked = SecretMask([text]).mask(kind).value
        #expect(
          !(try Self.texts(masked)).contains { $0.0 == key && $0.1 == text },
          "\(key) of \(kind) still says “\(text)”")
        count += 1
      }
    }
    #expect(count > 15)
  }

  /// A parameter that holds a secret is not in the journal, and one that does not, is.
  @Test func aValueThatHoldsASecretIsWithheld() throws {
    let header = SimulatedRun.header(RunOptions()).with(
      title: "on hunter2x",
      parameters: [
        RunHeader.ParameterValue(name: "URL", value: "db://u:hunter2x@h", source: .note),
        RunHeader.ParameterValue(name: "PORT", value: "80", source: .note),
      ])
    let mask = SecretMask(["hunter2x"])
    let masked = mask.mask(RunEvent.Kind.runStarted(header))
    let event = RunEvent(number: 1, at: SimulatedRun.moment(0), uptime: 0, kind: masked)
    let text = try JSONText.encode(event, isPretty: false)
    #expect(!text.contains("hunter2x"))
    guard case .runStarted(let read)? = JSONText.decode(RunEvent.self, Array(text.utf8))?.kind
    else {
      Issue.record("it can't be read back")
      return
    }
    #expect(read.parameters.map(\.value) == [nil, "80"])
    #expect(read.parameters.map(\.isWithheld) == [true, nil])
    #expect(header.withheld(by: mask) == ["URL": "db://u:hunter2x@h"])
  }

  private static func isKept(_ key: String, _ kind: RunEvent.Kind) -> Bool {
    switch (kind, key) {
    // A journal that can't be written is told so.
    case (.cancelRequested, "by"): false
    // A word of ours, and the name of a variable.
    case (.stopping, "reason"), (.captured, "name"): true
    default: kept.contains(key)
    }
  }

  /// The texts of an event, each behind its key.
  private static func texts(_ kind: RunEvent.Kind) throws -> [(String, String)] {
    let event = RunEvent(
      number: 1, at: SimulatedRun.moment(0), uptime: 0, kind: SecretMask.none.mask(kind))
    let json = try JSONSerialization.jsonObject(with: Data(try JSONText.encode(event).utf8))
    var texts: [(String, String)] = []
    func walk(_ value: Any, _ key: String) {
      switch value {
      case let text as String: texts.append((key, text))
      case let list as [Any]: for value in list { walk(value, key) }
      case let object as [String: Any]: for (key, value) in object { walk(value, key) }
      default: break
      }
    }
    walk(json, "")
    return texts
  }
}
