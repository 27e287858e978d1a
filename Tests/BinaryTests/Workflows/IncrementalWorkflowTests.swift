import Foundation
import Testing

extension DeployTests {
  /// The Incremental workflow: only what changed since the commit that the server has goes there.
  @Suite(
    .enabled(if: ContainerEngine.isThere, "no container engine works here: docker info"))
  struct IncrementalWorkflowTests {
    private static func upload(
      _ ground: DeployGround, _ deploy: RunbookBinary.Result
    ) async throws -> [String] {
      let run = try #require(deploy.run)
      let logs = try await ground.runbook.run("logs", run, "Upload the source")
      #expect(logs.status == 0, "\(logs.stderr)")
      // What rsync says of files: sent, deleted, and not those that it copied there.
      return logs.stdout.split(separator: "\n").map(String.init).filter {
        $0.hasPrefix("<f") || $0.hasPrefix("*deleting")
      }.map { line in
        // The mark and the name are some spaces apart.
        String(line.drop { $0 != " " }.drop { $0 == " " })
      }.sorted()
    }

    private static func deployed(_ ground: DeployGround) throws -> Set<String> {
      let folder = "\(ground.site)/source/app"
      let walk = try #require(FileManager.default.enumerator(atPath: folder))
      return Set(walk.compactMap { $0 as? String })
    }

    @Test func onlyWhatChanged() async throws {
      let ground = try await DeployGround()
      let runbook = ground.runbook
      // Nothing is known of the server: everything goes there.
      let first = try await ground.exec("Workflow-Incremental")
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      #expect(try await Self.upload(ground, first).contains("src/index.html"))

      try runbook.write("demo/app/src/new page.html", "new\n")
      try FileManager.default.removeItem(atPath: "\(ground.app)/types/node.d.ts")
      try await ground.change()
      let second = try await ground.exec("Workflow-Incremental")
      #expect(second.status == 0, "\(second.stdout)\(second.stderr)")
      let sent = try await Self.upload(ground, second)
      #expect(sent == ["src/new page.html", "src/style.css", "types/node.d.ts"])
      let files = try Self.deployed(ground)
      #expect(files.contains("src/new page.html") && !files.contains("types"))

      // What was deployed without a commit is compared by checksums the next time.
      try runbook.write("demo/app/src/style.css", "body { margin: 77px; }\n")
      let third = try await ground.exec("Workflow-Incremental")
      #expect(third.status == 0, "\(third.stdout)\(third.stderr)")
      #expect(try await Self.upload(ground, third) == ["src/style.css"])
      let told = try String(contentsOfFile: "\(ground.site)/source/REVISION", encoding: .utf8)
      #expect(told.hasSuffix("+changes\n"))
      try FileManager.default.removeItem(atPath: "\(ground.app)/src/new page.html")
      let fourth = try await ground.exec("Workflow-Incremental")
      #expect(fourth.status == 0, "\(fourth.stdout)\(fourth.stderr)")
      #expect(try await Self.upload(ground, fourth) == [])
      #expect(try !Self.deployed(ground).contains("src/new page.html"))
      try await Self.expectAnEditOnTheServerIsNoticed(ground)
    }

    private static func expectAnEditOnTheServerIsNoticed(_ ground: DeployGround) async throws {
      try await ground.commit()
      let known = try await ground.exec("Workflow-Incremental")
      #expect(known.status == 0, "\(known.stdout)\(known.stderr)")
      let revision = try await ground.revision()
      try RunbookBinary.put(Array("edited\n".utf8), "\(ground.site)/source/app/src/page.js")
      try await ground.change()
      let second = try await ground.exec("Workflow-Incremental")
      #expect(second.status == 3, "\(second.stdout)\(second.stderr)")
      #expect(second.stdout.contains("what is there is not what is here"))
      #expect(try await ground.revision() == revision)
      let fast = try await ground.exec("Workflow-Fast")
      #expect(fast.status == 0, "\(fast.stdout)\(fast.stderr)")
      #expect(try await ground.revision() != revision)
    }

    @Test func failingAtEachStep() async throws {
      let ground = try await DeployGround()
      try await ground.fillWithBelongings()
      let first = try await ground.exec("Workflow-Fast")
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      let count = try await ground.breakEachStep(
        of: "Workflow-Incremental", sharedWith: "Workflow-Full"
      ) { !$0.hasSuffix("^tidy") }
      #expect(count == 7)
    }
  }
}
