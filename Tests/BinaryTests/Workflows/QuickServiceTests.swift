import Testing

extension DeployTests {
  /// The Quick workflow without a container: a service in release folders, on an sshd.
  @Suite struct QuickServiceTests {
    @Test func wellAndFailingAtEachStep() async throws {
      let ground = try await DeployGround(withEngine: false)
      try await ground.fillWithBelongings()
      let first = try await ground.exec("Workflow-Quick")
      #expect(first.status == 0, "\(first.stdout)\(first.stderr)")
      #expect(ground.server.logins == 1)
      let revision = try await ground.revision()
      try await ground.change()
      let second = try await ground.exec("Workflow-Quick")
      #expect(second.status == 0, "\(second.stdout)\(second.stderr)")
      #expect(try await ground.revision() != revision)
      let others: Set<String> = ["^save", "^container", "^tidy"]
      let count = try await ground.breakEachStep(of: "Workflow-Quick") { !others.contains($0) }
      #expect(count == 5)
      #expect(ground.server.leftovers == [])
    }
  }
}
