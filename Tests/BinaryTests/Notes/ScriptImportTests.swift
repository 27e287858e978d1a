import Foundation
import Testing

/// Deploy scripts of different style become notes that do what the scripts do.
@Suite(.paced) struct ScriptImportTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  private static func script(_ name: String) throws -> String {
    try String(contentsOf: fixtures.appendingPathComponent("Scripts/\(name).sh"), encoding: .utf8)
  }

  /// A folder to deploy from, with the script in it.
  private func place(_ script: String) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.write("app/deploy.sh", script)
    try runbook.write("app/src/one.txt", "for @ENV@\n")
    try runbook.write("app/src/two.txt", "two\n")
    return runbook
  }

  /// Everything that a deploy left: paths, kinds, links, text; what differs from run to run made equal.
  private func traces(_ folder: URL) async throws -> String {
    let runbook = try RunbookBinary()
    let found = try await ShellCommand.run(
      runbook,
      "find . -name .local -prune -o -name deploy.sh -prune -o -printf '%y %m %p %l\\n' | LC_ALL=C sort;"
        + "find . -name .local -prune -o -type f ! -name '*.tgz' ! -name deploy.sh -print0 | LC_ALL=C sort -z | xargs -0 cat",
      folder: folder)
    return found.output.replacing(#/[0-9]{10,14}(-[0-9]+)?/#, with: "<release>")
  }

  private func note(from runbook: RunbookBinary) async throws -> ShellOutput {
    let made = try await ShellCommand.run(
      runbook, "runbook new --from deploy.sh ../Deploy.md",
      folder: runbook.folder.appendingPathComponent("app"))
    #expect(made.status == 0, "\(made.output)")
    let check = try await runbook.run("check", "Deploy.md")
    #expect(check.stdout == "no problem in 1 note\n")
    try await checkBlocks(runbook)
    return made
  }

  private typealias ShellOutput = (status: Int, output: String)

  /// `bash -n` takes each block.
  private func checkBlocks(_ runbook: RunbookBinary) async throws {
    let plan = try await runbook.run("plan", "--json", "Deploy.md")
    struct Plan: Decodable {
      struct Block: Decodable { let code: String }
      struct Step: Decodable { let blocks: [Block] }
      let steps: [Step]
    }
    let blocks = try JSONDecoder().decode(Plan.self, from: Data(plan.stdout.utf8)).steps.flatMap(
      \.blocks)
    #expect(blocks.count > 5)
    for block in blocks {
      try runbook.write("block.sh", block.code)
      let check = try await ShellCommand.run(runbook, "bash -n block.sh")
      #expect(check.status == 0, "\(check.output)\(block.code)")
    }
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("block.sh"))
  }

  @Test(arguments: ["functions", "arrays"]) func hasTheSameEffect(_ name: String) async throws {
    let script = try Self.script(name)
    let first = try place(script)
    let second = try place(script)
    let folder = first.folder.appendingPathComponent("app")
    let direct = try await ShellCommand.run(first, "bash ./deploy.sh", folder: folder)
    #expect(direct.status == 0, "\(direct.output)")
    _ = try await note(from: second)
    let run = try await second.run("exec", "Deploy.md")
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
    let expected = try await traces(folder)
    #expect(expected.split(separator: "\n").count > 10)
    #expect(try await traces(second.folder.appendingPathComponent("app")) == expected)
  }

  /// As somebody who was here before: the second deploy removes the oldest, and goes back where it fails.
  @Test func aScriptOfFunctionsCanBeRunAgain() async throws {
    let runbook = try place(try Self.script("functions"))
    let made = try await note(from: runbook)
    #expect(made.output.contains("deploy.sh:96: note: nothing calls usage\n"))
    for _ in 0..<3 { #expect(try await runbook.run("exec", "Deploy.md").status == 0) }
    let releases = try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("app/srv/releases").path)
    #expect(releases.count == 2)
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("app/src"))
    let failed = try await runbook.run("exec", "Deploy.md", "--record", "none")
    #expect(
      failed.status == 1
        && failed.stdout.contains("failed at “Looks whether all that is needed is there”"))
  }

  /// The login begins in the test's home, not in that of the person who runs the tests.
  private static let startsInHome =
    #"ForceCommand cd "$HOME"; "#
    + #"if [ -n "$SSH_ORIGINAL_COMMAND" ]; then exec sh -c "$SSH_ORIGINAL_COMMAND"; else exec bash; fi"#

  /// Over a real sshd: the script by the system's ssh, the note by `host=`.
  @Test(.enabled(if: SSHServer.isThere, "there is no sshd"))
  func aScriptThatCallsSSHHasTheSameEffectOnTheHost() async throws {
    var servers: [SSHServer] = []
    var places: [RunbookBinary] = []
    for _ in 0..<2 {
      let runbook = try RunbookBinary()
      let server = try await SSHServer(runbook, configuration: [Self.startsInHome])
      let script = try Self.script("remote").replacing("SERVER=localhost", with: "SERVER=prod")
        .replacing("SSH_PORT=22", with: "SSH_PORT=\(server.port)")
      try runbook.write("app/deploy.sh", script)
      try runbook.write("app/src/one.txt", "one\n")
      for program in ["ssh", "scp"] {
        let file = try runbook.write(
          "../bin/\(program)",
          "#!/bin/sh\nexec /usr/bin/\(program) \(program == "scp" ? "-O " : "")-F '\(runbook.folder.path)/ssh_config' \"$@\"\n"
        )
        chmod(file.path, 0o755)
      }
      servers.append(server)
      places.append(runbook)
    }
    let path: (RunbookBinary) -> [String: String] = { runbook in
      ["PATH": "\(runbook.scratch.path)/bin:\(runbook.environment["PATH"] ?? "")"]
    }
    let direct = try await ShellCommand.run(
      places[0], "bash ./deploy.sh", folder: places[0].folder.appendingPathComponent("app"),
      environment: path(places[0]))
    #expect(direct.status == 0, "\(direct.output)")
    _ = try await note(from: places[1])
    let note = try places[1].read("Deploy.md")
    #expect(note.split(separator: "\n").count { $0.contains("{host=$SERVER cwd=~") } == 5)
    let run = try await places[1].run("exec", "Deploy.md", environment: path(places[1]))
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
    let expected = try await traces(servers[0].home)
    #expect(expected.contains("shop/current releases/<release>"))
    let made = try await traces(servers[1].home)
    #expect(made == expected, "\(made)\n\(expected)")
  }

  // MARK: Markdown

  @Test func aReadmeBecomesARunbook() async throws {
    let runbook = try RunbookBinary()
    for name in ["readme", "runme"] {
      let text = try String(
        contentsOf: Self.fixtures.appendingPathComponent("Notes/\(name).md"), encoding: .utf8)
      try runbook.write("work/\(name).md", text)
      let made = try await runbook.run("new", "--from", "work/\(name).md", "Notes/\(name)")
      #expect(made.status == 0 && made.stdout == "made Notes/\(name).md\n")
      try Golden.expect(
        try runbook.read("Notes/\(name).md") + "--\n" + made.stderr, is: "Notes/\(name).made")
      let run = try await runbook.run("exec", "Notes/\(name).md")
      #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
    }
    #expect(try runbook.read("work/shop.txt") == "screws\nscrews\n")
    #expect(try runbook.read("work/served") == "one\n")
    #expect(try runbook.read("work/one") == "one\n")
    #expect(try runbook.read("work/two") == "two\n")
    #expect(!runbook.exists("work/never"))
  }
}
