import Testing

@Suite(.paced) struct VersionTests {
  @Test func saysItsVersionAndNothingElse() async throws {
    let result = try await RunbookBinary().run("--version")
    #expect(result.status == 0)
    #expect(result.stdout.split(separator: ".").count == 3)
    #expect(result.stderr == "")
  }
}
