import Foundation
import Testing

@testable import Runbook

/// What is shipped in `vault/` plans without an error or a warning, and does what its prose promises.
struct ShippedWorkflowTests {
  private static let vault = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../../vault").standardizedFileURL
  private static let workflows = [
    "Workflow-Quick", "Workflow-Fast", "Workflow-Full", "Workflow-Incremental",
  ]

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: vault.appendingPathComponent("\(name).md"), encoding: .utf8)
  }

  private func plan(
    _ name: String, _ settings: [String: String] = [:],
    _ configure: (inout PlanRequest) -> Void = { _ in }
  ) throws -> Plan {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.vault.path)
      .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
    let parts = try Dictionary(uniqueKeysWithValues: names.map { ($0, try Self.text($0)) })
    let note = try Note(Array(try Self.text(name).utf8))
    var request = PlanRequest(file: "vault/\(name).md", title: name)
    request.isInVault = true
    request.embeds = try EmbeddedNotes.of(parts, in: note, named: name)
    request.assignments = settings.map { .init(name: $0.key, value: $0.value) }
    configure(&request)
    let (plan, diagnostics) = Planner.plan(note, request)
    #expect(diagnostics.map(\.text) == [], "\(name)")
    return plan
  }

  @Test func theirStepsInThisOrder() throws {
    let titles = try Self.workflows.map { name in
      try plan(name).steps.filter { !$0.blocks.isEmpty }.map(\.title)
    }
    let expected = [
      [
        "Build locally", "Verify the build", "Save the state of the container", "Upload dist/",
        "Copy into the container", "Restart the service", "Quick check", "Remove old releases",
      ],
      [
        "Name what is deployed", "Save the state of the container", "Upload the source",
        "Build the image on the server", "Build the image here", "Load the image on the server",
        "Replace the container", "Ask the site for its revision", "Remove what old deploys left",
      ],
      [
        "Dump the database", "Check the dump", "Name what is deployed", "Types", "Lint",
        "Room on the server", "Save the state of the container", "Upload the source",
        "Build the image from scratch", "From here on the database may change",
        "Replace the container", "Ask the site for its revision", "Look at the container",
        "Ask for all that the page needs", "Ask the database", "Watch it for a while",
        "Remove what old deploys left",
      ],
      [
        "Name what is deployed", "Save the state of the container", "See what the server has",
        "Upload the source", "Build the image on the server", "Replace the container",
        "Ask the site for its revision", "Remove what old deploys left",
      ],
    ]
    for (name, (found, wanted)) in zip(Self.workflows, zip(titles, expected)) {
      // What an embedded step is called begins with its note.
      #expect(
        found.map { $0.split(separator: "› ").last.map(String.init) ?? $0 } == wanted, "\(name)")
    }
  }

  private static let harmless = [
    "Build locally", "Verify the build", "Quick check", "Name what is deployed", "Types", "Lint",
    "Room on the server", "See what the server has", "Ask the site for its revision",
    "Look at the container", "Ask for all that the page needs", "Ask the database",
    "Watch it for a while", "Dump the database", "Check the dump", "Remove what old deploys left",
    "Remove old releases",
  ]

  @Test(arguments: workflows) func everyStepThatChangesTheSiteCanBeUndone(_ name: String) throws {
    for step in try plan(name).steps where !step.blocks.isEmpty {
      let isHarmless = Self.harmless.contains { step.title.hasSuffix($0) }
      #expect(step.blocks(.rollback).isEmpty == isHarmless, "\(step.title)")
    }
  }

  /// `--continue-on-error` must not let a broken build go live, a wrong revision stay, or a deploy go on without its
  /// backup. Only tidying up may fail.
  @Test(arguments: workflows) func whatFailsIsRolledBack(_ name: String) throws {
    let plan = try plan(name) { $0.choices.continuesOnError = true }
    for step in plan.steps {
      let isTidying = step.title.contains("Remove ")
      for index in step.blocks(.run) + step.blocks(.fallback) {
        #expect(
          step.blocks[index].options.onError == (isTidying ? .continue : .rollback),
          "\(step.title)")
      }
    }
  }

  /// No block waits longer than somebody chose for it.
  @Test(arguments: workflows) func eachBlockOfSharedPartsHasItsOwnTime(_ name: String) throws {
    for step in try plan(name).steps where step.title.contains("›") {
      for block in step.blocks { #expect(block.attributes["timeout"] != nil, "\(step.title)") }
    }
  }

  /// Whoever says how long a block may take means each of them; one that is to take less keeps that.
  @Test(arguments: workflows) func theTimeHoldsForEveryBlock(_ name: String) throws {
    let usual = try plan(name)
    let short = try plan(name, ["DEPLOY_TIMEOUT": "20"])
    let typed = try plan(name) { $0.choices.timeout = .seconds(20) }
    let long = try plan(name) { $0.choices.timeout = .seconds(3600) }
    for index in usual.steps.indices {
      for block in usual.steps[index].blocks.indices {
        let times = [usual, short, typed, long].map {
          $0.steps[index].blocks[block].options.timeout.seconds ?? .infinity
        }
        let title = usual.steps[index].title
        if usual.steps[index].blocks[block].role == .rollback {
          // The way back is not cut short.
          #expect(Set(times).count == 1, "\(title)")
        } else {
          #expect(times[1] == min(times[0], 20) && times[2] == times[1], "\(title)")
          #expect(times[3] == (times[0] == 600 ? 3600 : times[0]), "\(title)")
        }
      }
    }
  }

  @Test func theTimesAreParameters() throws {
    let build = { (step: Step) in step.title.hasPrefix("Build") }
    let quick = try #require(
      try plan("Workflow-Quick", ["DEPLOY_TIMEOUT": "2m"]).steps.first(where: build))
    #expect(quick.blocks.first?.options.timeout == .seconds(120))
    let scratch = try plan("Workflow-Full", ["DEPLOY_TIMEOUT": "2m"]).steps.first(where: build)
    #expect(scratch?.blocks.first?.options.timeout == .seconds(120))
    let full = try plan("Workflow-Full", ["BUILD_TIMEOUT": "3s", "DEPLOY_TIMEOUT": "2m"])
    let step = try #require(full.steps.first(where: build))
    #expect(step.blocks.map(\.options.timeout).prefix(2) == [.seconds(3), .seconds(120)])
    #expect(step.blocks(.fallback) == [1])
  }
}
