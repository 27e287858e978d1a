import Foundation
import Testing

extension DeployTests {
  /// The shipped workflows with real parts: an sshd, a container engine, PostgreSQL. Each once well, and once failing at
  /// each of its steps.
  @Suite(
    .enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"))
  struct WorkflowTests {
    private static func expectGood(
      _ result: RunbookBinary.Result, _ ground: DeployGround, after before: String?
    ) async throws {
      #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
      #expect(try await ground.revision() != before)
      #expect(try ground.record(of: result).contains("run_status: succeeded\n"))
    }

    @Test func quick() async throws {
      let ground = try await DeployGround()
      try await ground.fillWithBelongings()
      try await Self.expectGood(try await ground.exec("Workflow-Fast"), ground, after: nil)
      let built = try await ground.revision()
      try await ground.change()
      try await Self.expectGood(try await ground.exec("Workflow-Quick"), ground, after: built)
      let count = try await ground.breakEachStep(of: "Workflow-Quick", remade: "^restart") {
        $0 != "^tidy"
      }
      #expect(count == 7)
    }

    @Test func fast() async throws {
      let ground = try await DeployGround()
      try await ground.fillWithBelongings()
      try await Self.expectGood(try await ground.exec("Workflow-Fast"), ground, after: nil)
      let first = try await ground.revision()
      try await ground.change()
      try await Self.expectGood(try await ground.exec("Workflow-Fast"), ground, after: first)
      let elsewhere: Set<String> = ["^build-here", "^load", "^tidy"]
      let count = try await ground.breakEachStep(
        of: "Workflow-Fast", sharedWith: "Workflow-Full"
      ) { id in !elsewhere.contains { id.hasSuffix($0) } }
      #expect(count == 6)
    }

    /// The image is built here, and goes to the server over the run's connection.
    @Test func fastBuiltHere() async throws {
      let ground = try await DeployGround()
      try await ground.fillWithBelongings()
      let here = ["BUILD_MODE": "local"]
      try await Self.expectGood(try await ground.exec("Workflow-Fast", here), ground, after: nil)
      #expect(!FileManager.default.fileExists(atPath: "\(ground.site)/source"))
      let count = try await ground.breakEachStep(of: "Workflow-Fast", here) { id in
        ["^build-here", "^load", "^replace"].contains { id.hasSuffix($0) }
      }
      #expect(count == 3)
      let wrong = try await ground.exec("Workflow-Fast", ["BUILD_MODE": "lcoal"])
      #expect(wrong.status == 1)
      #expect(wrong.stdout.contains("BUILD_MODE is local or server, not \"lcoal\""))
    }
  }
}
