import Foundation
import TestSupport
import Testing

/// How `make test` comes by a container engine, with stand-ins for what the machine has.
@Suite(.paced) struct ContainerScriptTests {
  private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scripts").path

  /// A folder of programs for the path; each is a script for sh.
  private static func programs(_ runbook: RunbookBinary, _ scripts: [String: String]) throws
    -> String
  {
    for (name, script) in scripts {
      let file = try runbook.write("bin/\(name)", "#!/bin/sh\n\(script)\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    return runbook.folder.appendingPathComponent("bin").path
  }

  private static func withContainers(
    _ runbook: RunbookBinary, _ scripts: [String: String], given: [String: String] = [:]
  ) async throws -> StartedProgram.Result {
    let path = "\(try programs(runbook, scripts)):\(runbook.environment["PATH"] ?? "")"
    return try await StartedProgram.run(
      ["\(Self.scripts)/with-containers", "sh", "-c", "echo \"$RUNBOOK_CONTAINERS\"; exit 7"],
      environment: runbook.environment.merging(["PATH": path]) { $1 }.merging(given) { $1 },
      folder: runbook.folder.path)
  }

  @Test func anEngineThatWorksIsTakenAsItIs() async throws {
    let runbook = try RunbookBinary()
    let result = try await Self.withContainers(
      runbook, ["docker": "echo \"$1\" >> calls; cat > /dev/null"])
    #expect(result.status == 7 && result.stdout == "yes\n", "\(result)")
    #expect(result.stderr.isEmpty)
    #expect(try runbook.read("calls") == "info\nimport\nrun\nrmi\n")
  }

  /// `docker info` alone is no proof.
  @Test func oneThatRunsNothingIsNone() async throws {
    let runbook = try RunbookBinary()
    let result = try await Self.withContainers(
      runbook,
      [
        "docker": "[ \"$1\" != run ] || { echo 'no rights' >&2; exit 1; }; cat > /dev/null",
        "podman": "exit 1", "id": "echo 1000",
      ])
    #expect(result.status == 7, "\(result)")
    #expect(result.stdout.hasPrefix("no: docker does not work"), "\(result.stdout)")
    #expect(result.stderr.hasPrefix("with-containers: no container engine: docker does not work"))
  }

  @Test func nothingIsDoneTwice() async throws {
    let runbook = try RunbookBinary()
    let result = try await Self.withContainers(
      runbook, ["docker": "touch called"], given: ["RUNBOOK_CONTAINERS": "yes"])
    #expect(result.status == 7 && result.stdout == "yes\n")
    #expect(!runbook.exists("called"))
  }

  /// Each program is looked for by itself: one that is there is no sign of the others.
  @Test(arguments: [
    (["busybox"], "podman crun fuse-overlayfs"),
    (["podman", "crun"], "fuse-overlayfs busybox-static"),
    (["podman", "crun", "fuse-overlayfs", "busybox"], ""),
  ])
  func whatIsMissingIsInstalled(_ there: [String], _ packages: String) async throws {
    let runbook = try RunbookBinary()
    var scripts = Dictionary(uniqueKeysWithValues: there.map { ($0, "exit 0") })
    scripts["apt-get"] = "echo \"$*\" >> installed"
    scripts["id"] = "echo 0"
    let bin = try Self.programs(runbook, scripts)
    for name in ["bash", "env"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(bin)/\(name)", withDestinationPath: "/usr/bin/\(name)")
    }
    let result = try await StartedProgram.run(
      ["/usr/bin/bash", "\(Self.scripts)/setup", "containers"],
      environment: runbook.environment.merging(["PATH": bin]) { $1 }, folder: runbook.folder.path)
    #expect(result.status == 0, "\(result)")
    let wanted = "install -y -q --no-install-recommends \(packages)\n"
    #expect((try? runbook.read("installed")) ?? "" == (packages.isEmpty ? "" : wanted))
  }
}
