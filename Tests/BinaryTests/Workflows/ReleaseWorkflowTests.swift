import Foundation
import TestSupport
import Testing

extension DeployTests {
  /// The Full workflow: with a database whose rows a restore brings back, and a build that has a time limit.
  @Suite(
    .enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"),
    .enabled(if: DatabaseServer.isThere, "there is no PostgreSQL"))
  struct ReleaseWorkflowTests {
    private static let soon = ["MONITOR_EVERY": "1s", "MONITOR_FOR": "2s"]
    private static let unattended = soon.merging(["RESTORE": "never"]) { $1 }
    private static let rows = "1|tea\n2|cups"
    private static let harmed = "2|cups|3\n3|harm|3"

    private static func ground() async throws -> DeployGround {
      let ground = try await DeployGround(withDatabase: true)
      try await ground.fillWithBelongings()
      let first = try await ground.exec("Workflow-Full", soon)
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      return ground
    }

    /// Of runs.
    private static func dumps(_ ground: DeployGround) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: "\(ground.site)/backups")
        .filter { $0.wholeMatch(of: /\d{8}-\d{6}-\w{4}\.(before-restore\.)?(dump|part)/) != nil }
        .sorted()
    }

    @Test func wellAndFailingAtEachStep() async throws {
      let ground = try await Self.ground()
      #expect(try Self.dumps(ground).count == 1)
      let count = try await ground.breakEachStep(of: "Workflow-Full", Self.unattended) {
        !$0.hasSuffix("^tidy")
      }
      #expect(count == 16)
      // Whatever else failed, a dump that was checked stays.
      let dumps = try Self.dumps(ground).filter { $0.hasSuffix(".dump") }
      #expect(dumps.count == (LongForm.isWanted ? 31 : 7), "\(dumps)")
    }

    // MARK: The database

    /// The new version runs, changes rows and tables, so that new ones depend on the old, and then does not answer the
    /// last question well.
    private static let harm =
      "psql --no-psqlrc -qX --dbname \"$DATABASE\" -c \"delete from orders where id = 1\" "
      + "-c \"insert into orders values (3, 'harm')\" "
      + "-c \"alter table orders add column price int default 3\" "
      + "-c \"create table parcels (id int primary key, what int references orders)\" "
      + "-c \"create view dear as select price from orders\"; "

    private static func schema(_ ground: DeployGround) async throws -> String {
      // Of a later PostgreSQL each dump has a word of its own in it.
      try await Shell.run(
        "pg_dump --schema-only --dbname '\(ground.database?.connection ?? "")' | grep -v restrict")
    }

    private static func harmful(
      _ ground: DeployGround, _ body: () async throws -> Void
    ) async throws {
      let steps = try await ground.leaves(of: "Workflow-Full")
      let step = try #require(steps.last { $0.title == "Ask the database" })
      try await ground.change()
      try await ground.withBroken(step, with: harm, body)
    }

    /// By hand, as the note tells: what was added since goes first.
    private static func restore(_ ground: DeployGround) async throws {
      let dump = try #require(
        try dumps(ground).last { !$0.hasSuffix(".before-restore.dump") })
      try await ground.database?.query("drop view dear")
      try await ground.database?.query("drop table parcels")
      try await Shell.run(
        "pg_restore --clean --if-exists --single-transaction --exit-on-error "
          + "--dbname '\(ground.database?.connection ?? "")' '\(ground.site)/backups/\(dump)'")
      #expect(try await ground.database?.orders() == rows)
    }

    @Test(.enabled(if: Tmux.isThere, "tmux is not on this machine"))
    func theDatabaseIsRestoredOnlyWhereAPersonSaysSo() async throws {
      let ground = try await Self.ground()
      try ground.checkTypesQuickly()
      let before = try await ground.revision()
      let schema = try await Self.schema(ground)
      try await Self.harmful(ground) {
        let result = try await ground.exec("Workflow-Full", Self.soon)
        #expect(result.status == 4, "\(result.stdout)\(result.stderr)")
        #expect(try ground.record(of: result).contains("did not run: nobody could confirm it"))
      }
      #expect(try await ground.revision() == before)
      #expect(try await ground.database?.orders() == Self.harmed)
      try await Self.restore(ground)
      for isWanted in [false, true] {
        try await Self.answer(isWanted, ground)
        #expect(try await ground.revision() == before)
        #expect(
          try await ground.database?.orders() == (isWanted ? Self.rows : Self.harmed))
        #expect(try await (Self.schema(ground) == schema) == isWanted)
        // What was there until then is kept too.
        #expect(
          try Self.dumps(ground).contains { $0.hasSuffix(".before-restore.dump") } == isWanted)
        if !isWanted { try await Self.restore(ground) }
      }
    }

    /// Deploys in a terminal, has it rolled back, and answers the question about the database.
    private static func answer(_ isWanted: Bool, _ ground: DeployGround) async throws {
      let tmux = try await Tmux(
        ground.runbook, columns: 150,
        environment: ground.engine.merging(ground.settings(soon)) { $1 })
      try await harmful(ground) {
        tmux.type("runbook exec --yes vault/Workflow-Full.md; echo \"status $?\"\n")
        try await tmux.wait { $0.contains("[r]etry") }
        tmux.type("b")
        try await tmux.wait { $0.contains("Restore the database as it was") }
        // The site is back before anybody is asked.
        _ = try await ground.revision()
        #expect(try await ground.database?.orders() == harmed)
        tmux.type(isWanted ? "y" : "n")
        try await tmux.wait { $0.contains("status \(isWanted ? 3 : 4)") }
      }
    }

    // MARK: The build

    @Test func aBuildFromScratchThatTakesTooLongIsMadeWithTheCache() async throws {
      let ground = try await DeployGround(withDatabase: true)
      // What only a build from scratch does again.
      try ground.runbook.write("demo/app/container/prepare", "sleep 8; echo prepared\n")
      try ground.checkTypesQuickly()
      try await ground.commit()
      let first = try await ground.exec("Workflow-Fast")
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      let before = try await ground.revision()
      try await ground.change()
      let result = try await ground.exec(
        "Workflow-Full", Self.soon.merging(["BUILD_TIMEOUT": "3s"]) { $1 })
      #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
      #expect(try await ground.revision() != before)
      let record = try ground.record(of: result)
      #expect(record.contains("Build the image from scratch · timed out"), "\(record)")
      #expect(record.contains("Build the image from scratch · fallback · "), "\(record)")
      #expect(record.contains("the build from scratch took too long: with the cache"))
      #expect(record.contains("Using cache") || record.contains("CACHED"))
    }
  }
}
