import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a workflow deploys on: a copy of the project's vault and demo in a git repository, an sshd as its server, and,
/// where they are wanted, the container engine and a database.
final class DeployGround {
  let runbook: RunbookBinary
  let server: SSHServer
  let database: DatabaseServer?
  /// Of the container and its image.
  let name = "rb\(UUID().uuidString.prefix(8).lowercased())"
  let port = Int.random(in: 33000...39000)
  /// Where there is none, no engine is wanted.
  private let store: ContainerStore?
  private var changes = 0
  /// The notes as they are before a run writes into them, by path.
  private(set) var notes: [String: String] = [:]

  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init(withEngine hasEngine: Bool = true, withDatabase: Bool = false) async throws {
    runbook = try RunbookBinary()
    store = hasEngine ? try await ContainerStore(name) : nil
    server = try await SSHServer(runbook, environment: store?.environment ?? [:])
    database = withDatabase ? try await DatabaseServer() : nil
    for name in ["vault", "demo"] {
      try FileManager.default.copyItem(
        at: Self.project.appendingPathComponent(name),
        to: runbook.folder.appendingPathComponent(name))
    }
    try runbook.write(
      "vault/.runbook.yml", "ssh_config: \(runbook.folder.path)/ssh_config\ngrace: 1s\n")
    for note in try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("vault").path) where note.hasSuffix(".md")
    {
      // Tries as often, but sooner.
      let path = "vault/\(note)"
      notes[path] = try runbook.read(path)
        .replacing("retries=5 delay=1s", with: "retries=5 delay=0.1s")
        .replacing("retries=2 delay=3s", with: "retries=2 delay=0.1s")
        // The tests' servers are one machine.
        .replacing("lock: site", with: "lock: \(name)")
      try runbook.write(path, notes[path] ?? "")
    }
    try await Shell.run("git init -q", in: app)
    try await change()
  }

  deinit {
    for pid in LivingProcesses.pids(in: server.home.path) { kill(pid, SIGKILL) }
  }

  var hasEngine: Bool { store != nil }

  var app: String { runbook.folder.appendingPathComponent("demo/app").path }
  var site: String { server.home.appendingPathComponent("site").path }

  /// Something to deploy.
  func change() async throws {
    changes += 1
    try runbook.write("demo/app/src/style.css", "body { margin: \(changes)px; }\n")
    try await commit()
  }

  func commit() async throws {
    try await Shell.run(
      "git add -A && git -c user.name=Ana -c user.email=ana@example.org commit -qm 'A change'",
      in: app)
  }

  /// Once they were checked for real, that may take no time.
  func checkTypesQuickly() throws {
    try runbook.write(
      "demo/app/tools/typecheck.mjs", "process.stdout.write(\"no errors\\n\");\n")
  }

  // MARK: Deploying

  func settings(_ added: [String: String] = [:]) -> [String: String] {
    var all = [
      "SERVER": "prod", "DEPLOY_DIR": site, "PORT": "\(port)", "CONTAINER": hasEngine ? name : "",
      "IMAGE": "localhost/\(name)", "BASE": ContainerEngine.base,
    ]
    if let database { all["DATABASE"] = database.connection }
    return all.merging(added) { $1 }
  }

  /// What programs need in their environment to reach the test's engine.
  var engine: [String: String] { store?.environment ?? [:] }

  /// Prints what the commands print, of the test's engine where they ask one.
  @discardableResult
  func shell(_ script: String) async throws -> String {
    try await Shell.run(script, environment: engine)
  }

  /// Parameters come by the environment, so that each note takes those that it knows.
  func exec(
    _ note: String, _ added: [String: String] = [:], _ options: [String] = []
  ) async throws -> RunbookBinary.Result {
    try await runbook.run(
      ["exec", "vault/\(note).md", "--yes"] + options,
      environment: engine.merging(settings(added)) { $1 })
  }

  /// The revision that the site tells, which its page must be of too.
  func revision() async throws -> String {
    let address = "http://127.0.0.1:\(port)"
    let health = try await Shell.run(
      "curl -sS --fail --noproxy '*' --max-time 5 \(address)/healthz")
    let page = try await Shell.run("curl -sS --fail --noproxy '*' --max-time 5 \(address)/")
    let found = try #require(health.firstMatch(of: /"revision":"([^"]+)"/), "\(health)")
    #expect(page.contains("content=\"\(found.1)\""))
    return String(found.1)
  }

  /// All that a deploy changes, but for backups: they stay whatever happens.
  func state() async throws -> String {
    var parts = [
      try await Shell.run(
        """
        cd '\(site)' 2>/dev/null || exit 0
        for folder in releases sources; do
          [ -d "$folder" ] || continue
          ls -1 "$folder"
          find "$folder" -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum
        done
        readlink current source || true
        """)
    ]
    if hasEngine {
      parts.append(
        try await shell(
          """
          docker ps -a --no-trunc --format '{{.ID}} {{.Names}}' --filter 'name=^\(name)' | sort
          docker images --no-trunc --format '{{.Tag}} {{.ID}}' localhost/\(name) | sort
          docker inspect --format '{{.State.Running}}' \(name)
          docker exec \(name) sh -c 'find /srv | sort; find /srv -type f | sort | xargs sha256sum'
          """))
    }
    if let database { parts.append(try await database.orders()) }
    return parts.joined(separator: "\n")
  }

  /// The record note that the run names.
  func record(of result: RunbookBinary.Result) throws -> String {
    let line = try #require(
      result.stdout.split(separator: "\n").last { $0.hasPrefix("record  ") }, "\(result.stdout)")
    return try runbook.read(String(line.dropFirst(8)))
  }
}
