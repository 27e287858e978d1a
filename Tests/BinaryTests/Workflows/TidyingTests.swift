import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension DeployTests {
  /// What a deploy leaves of what others have on the server: all of it. Of what runs left: the newest, and its own.
  @Suite struct TidyingTests {
    private static let last = "20990101-120000-abcd"

    private static func expectGood(_ result: RunbookBinary.Result) throws -> String {
      #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
      #expect(result.stdout.contains("\nsucceeded · "), "\(result.stdout)\(result.stderr)")
      return try #require(result.run)
    }

    @Test func quickRemovesOnlyOldReleases() async throws {
      let ground = try await DeployGround(withEngine: false)
      try await ground.fillWithBelongings()
      try await ground.fillWithRemains()
      let before = try await ground.belongings()
      let remains = try await ground.remains()
      let first = try Self.expectGood(try await ground.exec("Workflow-Quick", ["KEEP": "1"]))
      #expect(try await ground.belongings() == before)
      #expect(try await ground.remains()["releases"] == [first, Self.last])
      let second = try Self.expectGood(try await ground.exec("Workflow-Quick", ["KEEP": "1"]))
      #expect(try await ground.remains()["releases"] == [first, second, Self.last])
      // What a deploy of another kind left is not its own.
      #expect(try await ground.remains()["backups"] == remains["backups"])
      #expect(try await ground.belongings() == before)
    }

    @Test(
      .enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"),
      .enabled(if: DatabaseServer.isThere, "there is no PostgreSQL"))
    func fullRemovesOnlyWhatRunsLeft() async throws {
      let ground = try await DeployGround(withDatabase: true)
      try await ground.fillWithBelongings()
      try await ground.fillWithRemains()
      let before = try await ground.belongings()
      let soon = ["KEEP": "1", "MONITOR_EVERY": "1s", "MONITOR_FOR": "1s"]
      let first = try Self.expectGood(try await ground.exec("Workflow-Full", soon))
      #expect(try await ground.belongings() == before)
      var left = try await ground.remains()
      #expect(left["sources"] == [first, Self.last] && left["backups"] == [first, Self.last])
      #expect(left["images"] == [first, Self.last] && left["saved"] == [Self.last])
      let second = try Self.expectGood(try await ground.exec("Workflow-Full", soon))
      left = try await ground.remains()
      #expect(left["sources"] == [first, second, Self.last])
      #expect(left["backups"] == [second, Self.last])
      // The container that was replaced is there, stopped: its image too.
      #expect(left["images"] == [first, second, Self.last])
      #expect(left["saved"] == [second, Self.last])
      // A correction that is copied into the container leaves the images of deploys alone.
      let third = try Self.expectGood(try await ground.exec("Workflow-Quick", ["KEEP": "1"]))
      left = try await ground.remains()
      #expect(left["saved"] == [third, Self.last])
      #expect(left["images"] == [first, second, Self.last])
      #expect(try await ground.belongings() == before)
    }

    @Test(.enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"))
    func quickRemovesOnlyWhatRunsKeptInTheContainer() async throws {
      let ground = try await DeployGround()
      _ = try Self.expectGood(try await ground.exec("Workflow-Fast"))
      try await ground.shell(
        """
        docker exec \(ground.name) sh -c 'for old in christmas 20200101-120000-0001 20260101-120000
        do mkdir /srv/site.before-$old; echo $old >/srv/site.before-$old/kept.txt; done'
        """)
      let run = try Self.expectGood(try await ground.exec("Workflow-Quick", ["KEEP": "1"]))
      let left = try await ground.shell("docker exec \(ground.name) sh -c 'cd /srv; ls -d site.*'")
      #expect(left == "site.before-20260101-120000\nsite.before-\(run)\nsite.before-christmas")
    }

    @Test func aFileInTheWayIsLeft() async throws {
      let ground = try await DeployGround(withEngine: false)
      try FileManager.default.createDirectory(
        atPath: ground.site, withIntermediateDirectories: true)
      try RunbookBinary.put(Array("mine\n".utf8), "\(ground.site)/current")
      let result = try await ground.exec("Workflow-Quick")
      #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
      #expect(result.stdout.contains("current is no link"))
      let text = try String(contentsOfFile: "\(ground.site)/current", encoding: .utf8)
      #expect(text == "mine\n")
    }

    // MARK: An engine that fails

    /// A `docker` that knows of no image whether it is there, and does all else without a word.
    private static func brokenEngine(_ ground: DeployGround) throws -> [String: String] {
      let bin = ground.runbook.folder.appendingPathComponent("bin")
      try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
      let docker = bin.appendingPathComponent("docker").path
      let script =
        "#!/bin/sh\n[ \"$1\" != images ] || { echo 'no connection to the engine' >&2; exit 125; }\n"
      try RunbookBinary.put(Array(script.utf8), docker)
      chmod(docker, 0o755)
      try FileManager.default.createDirectory(
        atPath: "\(ground.site)/releases", withIntermediateDirectories: true)
      let path = ground.runbook.environment["PATH"] ?? ""
      return ["SERVER": "localhost", "CONTAINER": "site", "PATH": "\(bin.path):\(path)"]
    }

    @Test func imagesThatCantBeListedAreNoSuccess() async throws {
      let ground = try await DeployGround(withEngine: false)
      let settings = try Self.brokenEngine(ground)
      for (note, options) in [("Tidy-Up", []), ("Workflow-Quick", ["--skip", "^check"])] {
        let result = try await ground.exec(note, settings, options)
        #expect(result.status == 0, "\(note): \(result.stdout)\(result.stderr)")
        #expect(try ground.record(of: result).contains("run_status: warnings\n"), "\(note)")
        #expect(try ground.record(of: result).contains("no connection to the engine"), "\(note)")
      }
      // A saved state that can't be looked for is not gone, either.
      let step = try #require(try await ground.leaves(of: "Preflight").last)
      let failed = try await ground.withBroken(step) {
        try await ground.exec("Preflight", settings, ["--only", "^save-state"])
      }
      #expect(failed.status == 4, "\(failed.stdout)\(failed.stderr)")
    }

    // MARK: Another app

    /// The site was somebody's own container until now, and knows no `/healthz`.
    @Test(.enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"))
    func aFirstDeployOverAnotherAppIsUndone() async throws {
      let ground = try await DeployGround()
      try await ground.shell(
        """
        docker run -d --name \(ground.name) \(ContainerEngine.base) sh -c \
          'mkdir /pages; echo old >/pages/index.html; exec httpd -f -p \(ground.port) -h /pages'
        """)
      let page =
        "curl -sS --fail --retry 50 --retry-connrefused --noproxy '*' http://127.0.0.1:\(ground.port)/"
      #expect(try await ground.shell(page) == "old")
      let id = "docker inspect --format '{{.Id}}' \(ground.name)"
      let container = try await ground.shell(id)
      let steps = try await ground.leaves(of: "Workflow-Fast")
      let step = try #require(steps.first { $0.id.hasSuffix("^answers") })
      let result = try await ground.withBroken(step) { try await ground.exec("Workflow-Fast") }
      #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
      #expect(try await ground.shell(page) == "old")
      #expect(try await ground.shell(id) == container)
      // Replaced for good, it is put away, and nobody's to remove.
      for _ in 1...3 {
        try await ground.change()
        _ = try Self.expectGood(try await ground.exec("Workflow-Fast", ["KEEP": "1"]))
      }
      let kept = try await ground.shell(
        "docker ps -a --no-trunc --format '{{.ID}}' --filter 'name=^\(ground.name)-before-'")
      #expect(kept.split(separator: "\n").count == 2 && kept.contains(container), "\(kept)")
    }
  }
}
