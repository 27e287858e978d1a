import Foundation
import Testing

extension DeployTests {
  /// What the workflows embed, run by itself; and a deploy that is undone long after it.
  @Suite(
    .enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"),
    .enabled(if: DatabaseServer.isThere, "there is no PostgreSQL"))
  struct SharedPartTests {
    @Test func eachRunsByItself() async throws {
      let ground = try await DeployGround(withDatabase: true)
      let first = try await ground.exec("Workflow-Fast")
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      let revision = try await ground.revision()
      let container = try await ground.shell("docker inspect --format '{{.Id}}' \(ground.name)")
      try ground.checkTypesQuickly()
      for part in ["Backup-DB", "Preflight", "Upload-Source", "Restart", "Verify", "Tidy-Up"] {
        let result = try await ground.exec(part)
        #expect(result.status == 0, "\(part): \(result.stdout)\(result.stderr)")
        #expect(try await ground.revision() == revision, "\(part)")
      }
      #expect(
        try await ground.shell("docker inspect --format '{{.Id}}' \(ground.name)") != container)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: "\(ground.site)/backups").count == 1)
    }

    /// With the container that was replaced; once that is gone, with its saved state; without either not at all.
    @Test func aDeployIsUndoneLater() async throws {
      let ground = try await DeployGround()
      let first = try await ground.exec("Workflow-Fast")
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      let revision = try await ground.revision()
      for isKept in [true, false] {
        try await ground.change()
        let second = try await ground.exec("Workflow-Fast")
        #expect(second.status == 0, "\(second.stdout)\(second.stderr)")
        #expect(try await ground.revision() != revision)
        if !isKept {
          try await ground.shell("docker rm -f \(ground.name)-before-\(try #require(second.run))")
        }
        let undone = try await ground.runbook.rollback(
          environment: ground.engine)
        #expect(undone.status == 0, "\(undone.stdout)\(undone.stderr)")
        // It holds the server's lock, and does not wait for itself.
        #expect(!undone.stderr.contains("is held by"), "\(undone.stderr)")
        #expect(try await ground.revision() == revision)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: "\(ground.site)/sources").count == 1)
      }
      try await Self.expectNoWayBackIsNoSuccess(ground)
    }

    private static func expectNoWayBackIsNoSuccess(_ ground: DeployGround) async throws {
      try await ground.change()
      let deploy = try await ground.exec("Workflow-Fast")
      #expect(deploy.status == 0, "\(deploy.stdout)\(deploy.stderr)")
      let revision = try await ground.revision()
      let run = try #require(deploy.run)
      try await ground.shell(
        "docker rm -f \(ground.name)-before-\(run); docker rmi localhost/\(ground.name):before-\(run)"
      )
      let undone = try await ground.runbook.rollback(environment: ground.engine)
      #expect(undone.status == 4, "\(undone.stdout)\(undone.stderr)")
      #expect(undone.stdout.contains("are gone: no way back"), "\(undone.stdout)")
      #expect(try await ground.revision() == revision)
    }
  }
}
