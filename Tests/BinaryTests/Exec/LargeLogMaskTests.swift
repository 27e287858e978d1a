import Foundation
import Testing

/// Logs of several megabytes, which several threads look through in pieces.
@Suite(.paced) struct LargeLogMaskTests {
  private static let secret = "hunter2-of-the-large-log"

  /// How many bytes of the secret stand in the first piece.
  @Test(arguments: [0, 1, 12, 23, 24]) func betweenTwoPieces(_ first: Int) async throws {
    let before = 1 << 20 - first
    let log = try await Self.log(
      "head -c \(before) /dev/zero | tr '\\0' x; printf %s \"$TOKEN\"; "
        + "head -c 2000000 /dev/zero | tr '\\0' y")
    #expect(log.bytes.count == before + "••••".utf8.count + 2_000_000)
    #expect(log.bytes[before..<(before + 12)].elementsEqual("••••".utf8))
    #expect(log.files == ["control", "log", "script", "status"])
  }

  @Test func withoutASecretItIsAsItWas() async throws {
    let log = try await Self.log("yes 'hunter2, but not of the log' | head -n 200000 || true")
    #expect(log.bytes.count == 200_000 * 28)
    #expect(log.bytes.starts(with: "hunter2, but not of the log\n".utf8))
    #expect(log.files == ["control", "log", "script", "status"])
  }

  private static func log(_ command: String) async throws -> (bytes: [UInt8], files: [String]) {
    let runbook = try RunbookBinary()
    try runbook.write(
      "note.md", "---\nsecrets: [TOKEN]\n---\n- [ ] Print\n  ```bash\n  \(command)\n  ```\n")
    let result = try await runbook.run("exec", "note.md", environment: ["TOKEN": secret])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    let steps = try #require(
      FileManager.default.enumerator(atPath: runbook.scratch.path)?.compactMap { $0 as? String }
        .first { $0.hasSuffix("/log") })
    let file = runbook.scratch.appendingPathComponent(steps)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: file.deletingLastPathComponent().path)
    return ([UInt8](try Data(contentsOf: file)), files.sorted())
  }
}
