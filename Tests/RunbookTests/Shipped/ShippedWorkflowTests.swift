import Foundation
import Testing

@testable import Runbook

/// What is shipped in `vault/` plans without an error or a warning, and does what its prose promises.
struct ShippedWorkflowTests {
  private static let vault = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../../vault").standardizedFileURL

  private func plan(_ settings: [String: String] = [:]) throws -> Plan {
    let bytes = try Data(contentsOf: Self.vault.appendingPathComponent("Workflow-Quick.md"))
    var request = PlanRequest(file: "vault/Workflow-Quick.md", title: "Workflow-Quick")
    request.isInVault = true
    request.assignments = settings.map { .init(name: $0.key, value: $0.value) }
    let (plan, diagnostics) = Planner.plan(try Note(Array(bytes)), request)
    #expect(diagnostics.map(\.text) == [])
    return plan
  }

  @Test func sixStepsInThisOrder() throws {
    let plan = try plan()
    #expect(
      plan.steps.map(\.title) == [
        "Build locally", "Verify the build", "Upload dist/", "Copy into the container",
        "Restart the service", "Quick check",
      ])
    #expect(plan.steps.allSatisfy { !$0.isManual && $0.depth == 0 })
  }

  @Test func everyStepThatChangesTheSiteCanBeUndone() throws {
    let plan = try plan()
    for step in plan.steps {
      let changes = ["Upload dist/", "Copy into the container", "Restart the service"]
        .contains(step.title)
      #expect(step.blocks(.rollback).count == (changes ? 1 : 0), "\(step.title)")
    }
  }

  /// `--continue-on-error` must not let a broken build go live.
  @Test func buildUploadAndRestartPinRollback() throws {
    let plan = try plan()
    let titles = [
      "Build locally", "Upload dist/", "Copy into the container", "Restart the service",
    ]
    for title in titles {
      let step = try #require(plan.steps.first { $0.title == title })
      for index in step.blocks(.run) {
        #expect(step.blocks[index].attributes["on-error"] == "rollback", "\(title)")
      }
    }
  }

  @Test func theTimeoutIsAParameter() throws {
    let plan = try plan(["DEPLOY_TIMEOUT": "2m"])
    let build = try #require(plan.steps.first?.blocks.first)
    #expect(build.options.timeout == .seconds(120))
  }
}
