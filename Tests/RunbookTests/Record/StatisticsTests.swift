import Foundation
import Testing

@testable import Runbook

/// Figures of runs, against a calculation of the test's own.
struct StatisticsTests {
  private struct Run {
    let text: String
    let workflow: String
    let isGood: Bool
    let tenths: Int
    let build: Int
  }

  private static func run(_ index: Int, _ draw: inout SeededGenerator) -> Run {
    let workflow = draw.pick(["Workflow-Quick", "Workflow-Full", "Other"])
    let isGood = draw.chance(80)
    let (tenths, build) = (draw.below(9000) + 1, draw.below(60_000) + 1)
    let day = String(index / 100 + 101).suffix(2)
    let minute = String(index % 60 + 100).suffix(2)
    let hour = String(index / 60 % 24 + 100).suffix(2)
    let digits = String(String(index + 0x1_0000, radix: 16).suffix(4))
    let seconds = RunSum.thousandths(Double(build) / 1000)
    let text = """
      ---
      tags: [runbook-run]
      runbook: "[[\(workflow)]]"
      run_status: \(isGood ? "succeeded" : "rolled back")
      run_started: 2026-08-\(day)T\(hour):\(minute):00
      run_seconds: \(tenths / 10).\(tenths % 10)
      run_steps: 1
      run_id: 202608\(day)-\(hour)\(minute)00-\(digits)
      host: laptop
      user: ana
      ---

      ## Steps

      |  | Step | Result | Exit | Took | Seconds | At |
      | ---: | --- | --- | ---: | ---: | ---: | --- |
      | 1 | Deploy | succeeded |  | 1.0s | 1.000 | 14:02:10 |
      | 1.1 | &emsp;Build | \(isGood ? "succeeded" : "failed: exit 1") | \(isGood ? "" : "1") | x | \(seconds) | 14:02:10 |
      | 2 | Never | not run |  |  |  |  |

      ## Logs

      | 3 | No step | succeeded |  | 1.0s | 1.000 | 14:02:10 |
      """
    return Run(text: text, workflow: workflow, isGood: isGood, tenths: tenths, build: build)
  }

  @Test func aThousandRecordsRightToTheSecond() throws {
    var draw = SeededGenerator(SeededGenerator.seed)
    let runs = (0..<1000).map { Self.run($0, &draw) }
    let records = runs.compactMap { RecordSummary(Array($0.text.utf8)) }
    #expect(records.count == 1000)
    // Copies and another order change nothing.
    let statistics = RunStatistics((records + records.prefix(200)).shuffled(using: &draw))
    #expect(statistics.workflows.map(\.name) == ["Other", "Workflow-Full", "Workflow-Quick"])
    for workflow in statistics.workflows {
      let own = runs.filter { $0.workflow == workflow.name }
      let good = own.filter(\.isGood)
      #expect(workflow.figures.runs == own.count && workflow.figures.succeeded == good.count)
      Self.expect(workflow.figures, good.map(\.tenths), unit: 10)
      #expect(workflow.steps.map(\.name) == ["Deploy", "Deploy › Build"])
      let build = try #require(workflow.steps.last).figures
      #expect(build.runs == own.count && build.succeeded == good.count)
      Self.expect(build, good.map(\.build), unit: 1000)
    }
  }

  /// In whole units, by counting: no more than half lie on either side, nine of ten at or below.
  private static func expect(_ figures: RunFigures, _ times: [Int], unit: Double) {
    let sorted = times.sorted()
    let count = sorted.count
    let median = Double(sorted[(count - 1) / 2] + sorted[count / 2]) / 2 / unit
    #expect(abs((figures.median ?? -1) - median) < 1e-6)
    let ninth = sorted.first { value in sorted.count { $0 <= value } * 10 >= count * 9 }
    #expect(abs((figures.percentile90 ?? -1) - Double(ninth ?? 0) / unit) < 1e-6)
  }

  @Test func theTrendIsTheLatestFiveAgainstTheOthers() throws {
    let slow = RunFigures(runs: 10, succeeded: 10, times: [10, 10, 10, 10, 10, 12, 12, 12, 12, 12])
    #expect(abs((slow.trend ?? 0) - 0.2) < 1e-9)
    #expect(RunFigures(runs: 9, succeeded: 9, times: Array(repeating: 1, count: 9)).trend == nil)
    let none = RunFigures(runs: 3, succeeded: 0, times: [])
    #expect(none.median == nil && none.percentile90 == nil && none.rate == 0)
  }

  private static func record(
    _ id: Int, status: String = "succeeded", day: String = "21", more: String = "",
    result: String = "succeeded"
  ) throws -> RecordSummary {
    let text =
      "---\ntags: [runbook-run]\nrunbook: \"[[Quick]]\"\nrun_status: \(status)\n"
      + "run_started: 2026-08-\(day)T14:02:10\nrun_seconds: 12.4\n"
      + "run_id: 202608\(day)-140210-000\(id)\n"
      + "\(more)user: ana\n---\n\n## Steps\n\n| | Step | Result | Seconds |\n| - | - | - | - |\n"
      + "| 1 | Build | \(result) | 2.5 |\n"
    return try #require(RecordSummary(Array(text.utf8), title: "2026-08-\(day) 140210 Quick"))
  }

  /// It ended as it should; but the workflow was not run.
  @Test func aLaterRollbackIsNoRun() throws {
    let undone = try Self.record(
      2, status: "rolled back", more: "undoes: 20260821-140210-0001\n", result: "rolled back")
    let statistics = RunStatistics([try Self.record(1), undone])
    let figures = try #require(statistics.workflows.first?.figures)
    #expect(figures.runs == 1 && figures.succeeded == 1)
    #expect(statistics.workflows.first?.steps.first?.figures.runs == 1)
  }

  @Test(arguments: [
    ("succeeded", true), ("warning: exit 3", true), ("done: by ana", true), ("rolled back", true),
    ("succeeded · rollback failed", true), ("failed · rolled back", false),
    ("timed out", false), ("cancelled: asked", false),
  ])
  func whatAStepDid(_ result: String, _ isGood: Bool) throws {
    let figures = RunStatistics([try Self.record(1, result: result)]).workflows.first?.steps.first?
      .figures
    #expect(figures?.runs == 1 && figures?.succeeded == (isGood ? 1 : 0))
  }

  /// As a base shows them: the last runs, and what failed within thirty days.
  @Test func runsStandInTablesOfTheirOwn() throws {
    let records = [
      try Self.record(1, status: "failed", day: "01", more: "run_failed: Old | one\n"),
      try Self.record(2, status: "cancelled", day: "30", more: "run_failed: Ship\n"),
      try Self.record(3, day: "31"),
    ]
    let now = WallTime(milliseconds: 1_788_350_400_000, offset: 0)
    #expect(now.date == "2026-09-02")
    let text = StatisticsTables(RunStatistics(records), modes: [], now: now).text
    let parts = text.components(separatedBy: "\n\n### ")
    let headings = parts.dropFirst().map { String($0.prefix { $0 != "\n" }) }
    #expect(headings == ["Recent", "Failures of 30 days", "Quick"])
    let row =
      "| [[2026-08-30 140210 Quick\\|2026-08-30 14:02]] | [[Quick]] | cancelled | 12.4s | Ship | ana |"
    #expect(parts[1].split(separator: "\n").count == 6 && parts[1].contains(row))
    #expect(parts[2].split(separator: "\n").count == 4 && parts[2].contains(row))
    #expect(parts[1].contains("Old one") && !parts[2].contains("Old"))
  }

  /// The later run may have the earlier clock: by its zone, or since the clock was set back.
  @Test(arguments: [
    ("run_order: 1787320000000\n", "run_order: 1787320000001\n", ""),
    ("", "", "> 2026-08-21 14:02:10 +02:00 · 1 of 1\n|> 2026-08-21 13:02:10 +00:00 · 1 of 1\n"),
  ])
  func theLatestIsTheOneThatBeganLast(_ one: String, _ other: String, _ heads: String) throws {
    let heads = heads.split(separator: "|").map(String.init) + ["", ""]
    let records = [("14", one, heads[0], "succeeded"), ("13", other, heads[1], "failed")].map {
      "---\ntags: [runbook-run]\nrunbook: \"[[Quick]]\"\nrun_status: \($0.3)\n"
        + "run_started: 2026-08-21T\($0.0):02:10\nrun_id: 20260821-\($0.0)0210-0001\n\($0.1)---\n\n\($0.2)"
    }
    let read = records.compactMap { RecordSummary(Array($0.utf8)) }
    for records in [read, read.reversed()] {
      let workflow = try #require(RunStatistics(records).workflows.first)
      #expect(workflow.status == "failed" && workflow.figures.runs == 2)
    }
  }

  @Test func theBeginningOfARecordIsEnough() {
    let head = "---\ntags: [runbook-run]\n---\n\n## Steps\n\n| | Step |\n| - | - |\n| 1 | A |\n"
    #expect(!RecordSummary.isEnough(Array(head.utf8)))
    #expect(RecordSummary.isEnough(Array((head + "\n## Timeline\n").utf8)))
  }

  @Test func propertiesThatObsidianWroteAnew() throws {
    let text =
      "---\ntags:\n  - runbook-run\nrunbook: '[[Deploys/Workflow-Quick|Quick]]'\nrun_status: warnings\n"
      + "run_started: 2026-08-21T14:02:10\nrun_seconds: 12\nrun_id: 20260821-140210-7f3a\n---\n"
    let record = try #require(RecordSummary(Array(text.utf8)))
    #expect(
      record.runbook == "Deploys/Workflow-Quick" && record.hasSucceeded && record.seconds == 12)
    #expect(record.steps.isEmpty)
  }

  @Test(arguments: [
    "", "---\n", "# runbook-run\n", "---\ntags: [runbook]\n---\nrunbook-run\n",
    "---\ntags: [runbook-run]\nrun_id: no\nrunbook: x\nrun_status: succeeded\n---\n",
    "---\ntags: [runbook-run\n---\n",
  ])
  func whatIsNoRecord(_ text: String) {
    #expect(RecordSummary(Array(text.utf8)) == nil)
  }

  // MARK: In a note

  @Test(arguments: ["\n", "\r\n"])
  func theTableStandsBetweenItsMarks(_ ending: String) throws {
    let user = ["# Mine", "", "- [ ] a", ""].joined(separator: ending)
    let first = try KeptSection.replacing("| a |\n| - |", in: Array(user.utf8))
    #expect(first.starts(with: Array(user.utf8)))
    #expect(try KeptSection.replacing("| a |\n| - |", in: first) == first)
    let more = first + Array("Words.\(ending)".utf8)
    let second = try KeptSection.replacing("| b |", in: more)
    let text = String(decoding: second, as: UTF8.self)
    #expect(text.hasPrefix(user) && text.hasSuffix("-->\(ending)Words.\(ending)"))
    #expect(text.contains("| b |") && !text.contains("| a |"))
    #expect(ending == "\n" || !text.replacing("\r\n", with: "").contains("\n"))
  }

  @Test(arguments: [
    "<!-- runbook stats -->\n", "<!-- /runbook stats -->\n<!-- runbook stats -->\n",
    "<!-- runbook stats -->\n<!-- runbook stats -->\n<!-- /runbook stats -->\n", "```\nopen\n",
    "%% open\n",
  ])
  func whatCantBeKeptIsRefused(_ text: String) {
    #expect(throws: KeptSection.Problem.self) {
      try KeptSection.replacing("x", in: Array(text.utf8))
    }
  }

  /// A guide that shows the marks is no place for the table.
  @Test func marksInAFenceAreText() throws {
    let text = "```html\n\(KeptSection.opening)\n\(KeptSection.closing)\n```\n"
    let bytes = try KeptSection.replacing("x", in: Array(text.utf8))
    #expect(bytes.starts(with: Array(text.utf8)) && bytes.count > text.utf8.count)
  }

  @Test func modesAreReadOrRefused() throws {
    let note = try Note(
      Array("---\nmodes:\n  - Workflow-Quick, 2m, corrections, small\n---\n".utf8))
    let modes = try ComparedMode.all(in: note)
    #expect(modes.map(\.workflow) == ["Workflow-Quick"] && modes[0].seconds == 120)
    #expect(modes[0].use == "corrections, small")
    let now = WallTime(milliseconds: 0, offset: 0)
    let table = StatisticsTables(RunStatistics([]), modes: modes, now: now).text
    #expect(table.contains(#"| [[Workflow-Quick\|Quick]] | corrections, small | 2m | – |"#))
    #expect(throws: ComparedMode.Problem.self) {
      try ComparedMode.all(in: Note(Array("---\nmodes: [Workflow-Quick]\n---\n".utf8)))
    }
  }
}
