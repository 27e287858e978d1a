import Foundation
import TestSupport
import Testing

@testable import Runbook

/// The program for a host, given to real shells.
@Suite(.paced) struct HostProgramTests {
  private static let launch = HostLaunch(
    host: "prod", client: SSHClient(configFile: nil, socket: "/none"),
    block: RemoteBlock(
      run: "20260821-140210-7f3a", attempt: "00007-upload", interpreter: ["sh"], folder: nil,
      names: ["A"], deadline: 5, grace: 0.2, logLimit: 0, captures: false), stop: nil)

  /// A connection that is cut while the program comes must not have begun anything.
  @Test(arguments: HostRunTests.shells) func aPrefixBeginsNothing(_ shell: [String]) async throws {
    let runbook = try RunbookBinary()
    let text = HostProgram.run(
      Self.launch, script: Array("touch ran\n".utf8), values: ["A": "it's"], word: "w", offset: 0
    ).text
    let seed = TerminalRandom.seed()
    var generator = TerminalRandom(state: seed)
    // All near the end, where the call is; some elsewhere.
    let cuts =
      Array((text.count - 40)..<(text.count - 1))
      + (0..<40).map { _ in Int.random(in: 1..<text.count, using: &generator) }
    for cut in cuts {
      _ = try await Self.run(shell, Array(text[..<cut]), runbook, isCut: true)
      let home = runbook.scratch.appendingPathComponent("home")
      let found = try FileManager.default.contentsOfDirectory(atPath: home.path)
      #expect(found == [], "cut at \(cut) of \(text.count), seed \(seed)")
      if found != [] { break }
    }
  }

  /// Sent twice, as over a connection that broke and one that was made anew: it runs once, and both see its end.
  @Test(arguments: HostRunTests.shells) func whatIsSentTwiceRunsOnce(_ shell: [String]) async throws
  {
    let runbook = try RunbookBinary()
    func send(offset: Int64) async throws -> (String, String) {
      let program = HostProgram.run(
        Self.launch, script: Array("echo \"$A\"; echo x >> ran; sleep 0.3; exit 3\n".utf8),
        values: ["A": "it's"], word: "w", offset: offset)
      return try await Self.run(shell, program.text, runbook)
    }
    async let first = send(offset: 0)
    let ran = runbook.scratch.appendingPathComponent("home/ran").path
    // What the second has of the log already must have been printed.
    #expect(try await eventually { FileManager.default.fileExists(atPath: ran) })
    async let second = send(offset: 2)
    let (one, two) = (try await first, try await second)
    #expect(one.0 == "w\nit's\n" && two.0 == "w\n's\n", "\(one) \(two)")
    for (_, news) in [one, two] { #expect(news.contains("w is exit 3\n"), "\(news)") }
    #expect(try String(contentsOfFile: ran, encoding: .utf8) == "x\n")
  }

  private static func run(
    _ shell: [String], _ text: [UInt8], _ runbook: RunbookBinary, isCut: Bool = false
  ) async throws -> (String, String) {
    let home = runbook.scratch.appendingPathComponent("home").path
    // The input of a connection that stands stays open.
    let open =
      "mkfifo \"$HOME/../in.$$\"; exec 9<>\"$HOME/../in.$$\"; exec 8<&0; cat <&8 >&9 & \"$@\" <&9 8<&-"
    var variables = ProcessInfo.processInfo.environment
    variables["HOME"] = home
    variables["XDG_STATE_HOME"] = nil
    let result = try await StartedProgram.run(
      ["/bin/bash", "-c", isCut ? "cat | \"$@\"" : open, "-"] + shell, environment: variables,
      folder: home, input: text)
    return (result.stdout, result.stderr)
  }
}
