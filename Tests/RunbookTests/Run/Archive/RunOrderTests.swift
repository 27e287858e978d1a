import Foundation
import Testing

@testable import Runbook

/// The order in which runs began, whatever clocks said.
struct RunOrderTests {
  private let scratch: ScratchFolder
  private let state: StateFolder

  init() throws {
    scratch = try ScratchFolder()
    state = try StateFolder(environment: ["XDG_STATE_HOME": scratch.path])
  }

  private static func time(_ seconds: Int64, zone: Int = 0) -> WallTime {
    WallTime(milliseconds: 1_787_313_730_000 + seconds * 1000, offset: zone * 3600)
  }

  /// A run's folder, with the first event at that moment.
  @discardableResult
  private func folder(_ id: RunID, at time: WallTime) throws -> RunID {
    let event = RunEvent(
      number: 1, at: time, uptime: 0, kind: SecretMask.none.mask(RunEvent.Kind.finishing))
    try scratch.file(
      "runbook/runs/\(id.text)/journal.jsonl", try JSONText.encode(event, isPretty: false) + "\n")
    return id
  }

  private func begin(_ seconds: Int64, zone: Int = 0) throws -> RunID {
    let time = Self.time(seconds, zone: zone)
    return try folder(try state.beginRun(at: time).id, at: time)
  }

  private var ids: [RunID] { RunArchive(state).ids() }
  private var lines: [Substring] {
    get throws { try scratch.text("runbook/order").split(separator: "\n") }
  }

  /// A clock that is set back, and zones.
  @Test func itIsTheOrderOfBeginning() throws {
    let begun = [
      try begin(0, zone: 9), try begin(10, zone: -8), try begin(-7200), try begin(-7200),
    ]
    #expect(ids == begun)
    #expect(
      begun[0].text.hasPrefix("20260821-120210-") && begun[1].text.hasPrefix("20260821-120220-"))
    #expect(Set(begun.map(\.short)).count == 4)
  }

  @Test func runsFromBeforeComeFirstByTheMomentOfTheirBeginning() throws {
    // By their ids, which have the local time, the other way round.
    let late = try folder(try #require(RunID("20260821-050210-0001")), at: Self.time(100, zone: -7))
    let early = try folder(try #require(RunID("20260821-210210-0002")), at: Self.time(0, zone: 9))
    // The clock is behind by now.
    let now = try begin(-5000)
    #expect(ids == [early, late, now])
    // Its number is on disk in one place: without that file the rest is as before.
    try FileManager.default.removeItem(atPath: scratch.path("runbook/order"))
    #expect(ids == [now, early, late])
    #expect(try state.beginRun(at: Self.time(-9000)).order > Self.time(100).milliseconds)
  }

  @Test func noNumberComesTwice() throws {
    let first = try state.beginRun(at: Self.time(0))
    #expect(first.order == Self.time(0).milliseconds)
    // It is forgotten; another begins in the same millisecond.
    let second = try state.beginRun(at: Self.time(0))
    #expect(second.order == first.order + 1)
    // A crash tore the line of a third.
    let whole = try scratch.text("runbook/order")
    for torn in ["178731", "1787313730009 20260821-1402", "\0\0\0\0", "9999999999999 2026"] {
      try scratch.file("runbook/order", whole + torn)
      let third = try state.beginRun(at: Self.time(0))
      #expect(third.order == second.order + 1)
      #expect(try scratch.text("runbook/order") == whole + "\(third.order) \(third.id.text)\n")
    }
  }

  @Test func manyAtOnceGetOneEach() async throws {
    let state = state
    let all = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<25).map { _ in try state.beginRun(at: Self.time(0)).order } }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let start = Self.time(0).milliseconds
    #expect(all.sorted() == Array(start..<start + 200))
    #expect(try lines.count == 200)
  }
}
