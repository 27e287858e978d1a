import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Blocks on a host, over a real sshd: they run as they would here.
@Suite(.paced, .enabled(if: SSHServer.isThere, "there is no sshd"))
struct HostRunTests {
  private static let head = "---\nssh_config: ssh_config\n"

  /// The shells that hosts have for `sh`.
  static let shells = [["/bin/dash"], ["/bin/busybox", "ash"], ["/bin/bash", "--posix"]]

  /// A block's time is its own: the connection may take longer than the block may run.
  @Test func aSlowConnectionCostsABlockNoTime() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    let slow = try SlowProgram("ssh", once: "slow", seconds: 4, runbook)
    try runbook.write(
      "Slow.md",
      Self.head + """
        ---
        - [ ] From here on
          ```bash
          touch slow
          ```
        - [ ] Work
          ```bash {host=prod timeout=3s idle=3s grace=0s}
          touch ran
          ```

        """)
    let result = try await runbook.run("exec", "Slow.md", environment: slow.environment)
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(FileManager.default.fileExists(atPath: server.home.path + "/ran"))
  }

  @Test(arguments: shells) func aDeployRunsThere(_ shell: [String]) async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook, shell: shell)
    try runbook.write(
      "Deploy.md",
      Self.head + """
        params:
          - RELEASE=r1
        ---
        - [ ] Upload
          ```bash {host=prod capture=PREVIOUS}
          echo "not part of the value" >&2
          cat current || true
          ```
          ```sh {host=prod}
          mkdir "$RELEASE" && echo "$RELEASE" > current
          echo "was <$PREVIOUS>, is $RELEASE"
          ```
          ```bash {rollback host=prod}
          rm -r "$RELEASE"; printf %s "$PREVIOUS" > current
          ```
        - [ ] Look {host=prod cwd=~/r1}
          ```python3
          import os
          print(os.path.basename(os.getcwd()), os.environ["RUNBOOK_STEP"])
          ```
        - [ ] Check
          ```bash {host=prod}
          echo "no good"; exit 7
          ```

        """)
    try RunbookBinary.put(Array("r0".utf8), server.home.appendingPathComponent("current").path)
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains("> was <r0>, is r1\n"))
    #expect(note.contains("> r1 Look\n"))
    #expect(note.contains("Check [result:: failed] · [exit:: 7]"))
    #expect(note.contains("Upload [result:: rolled back]"))
    let current = server.home.appendingPathComponent("current")
    #expect(try String(contentsOf: current, encoding: .utf8) == "r0")
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/r1"))
    #expect(server.leftovers == [])
    #expect(server.logins == 1)
  }

  @Test func valuesArriveByteForByte() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    let nasty =
      "'\"\\ $(touch pwned) `touch pwned` ${HOME} ; & | \u{e9} \u{1F600} \u{2026}\n\nline\tend\u{7F} "
    let large = String(repeating: "0123456789abcde\n", count: 4096)
    try runbook.write(
      "Values.md",
      Self.head + """
        params: [NASTY, LARGE]
        ---
        - [ ] Take
          ```bash {host=prod}
          printf %s "$NASTY" > nasty
          printf %s "$LARGE" > large
          ```
          ```bash {host=prod capture=BACK}
          printf %s "$NASTY"
          ```
          ```bash
          printf %s "$BACK" > back
          ```

        """)
    let result = try await runbook.run(
      "exec", "Values.md", environment: ["NASTY": nasty, "LARGE": large])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try Self.bytes(server, "nasty") == Array(nasty.utf8))
    #expect(try Self.bytes(server, "large") == Array(large.utf8))
    // A captured value is trimmed, as a shell's `$( )` would.
    #expect(try runbook.read("back") == nasty.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/pwned"))
  }

  @Test func aValueThatIsTooLargeIsRefusedBeforeAnythingRuns() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(
      "Values.md",
      Self.head + "params: [LARGE]\n---\n- [ ] Take\n  ```bash {host=prod}\n  touch ran\n  ```\n")
    let result = try await runbook.run(
      "exec", "Values.md",
      environment: ["LARGE": String(repeating: "x", count: 65537)])
    #expect(result.status == 2)
    #expect(result.stderr.contains("the value of LARGE has 65537 bytes"), "\(result.stderr)")
    #expect(server.logins == 0)
  }

  /// What it did there counts; what is missing of its log is said.
  @Test(.enabled(if: MachineRights.canMount, "no file system may be mounted here"))
  func aLogThatFillsTheDiskHereIsSaidToBeCut() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(
      "Note.md",
      "---\nssh_config: ssh_config\n---\n- [ ] A\n  ```bash {host=prod}\n  seq 400000; touch done\n  ```\n"
    )
    let state = runbook.stateFolder.path
    let mount = try await ShellCommand.run(runbook, "mount -t tmpfs -o size=1m tmpfs \(state)")
    try #require(mount.status == 0)
    defer { umount2(state, Int32(MNT_DETACH)) }
    let result = try await runbook.run("exec", "Note.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(FileManager.default.fileExists(atPath: server.home.path + "/done"))
    #expect(
      result.stdout.contains(
        /! \d+ bytes that the block on prod printed could not be written here/),
      "\(result.stdout)")
  }

  @Test func tenStepsUseOneConnectionThatGoesWithTheRun() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    let steps = (1...10).map { "- [ ] S\($0)\n  ```bash {host=prod}\n  echo \($0)\n  ```\n" }
    try runbook.write("Ten.md", Self.head + "---\n" + steps.joined())
    let result = try await runbook.run("exec", "Ten.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(server.logins == 1)
    #expect(try await eventually { server.connections == 0 })
    #expect(server.leftovers == [])
  }

  /// What a login prints, and a login shell of another kind, are no part of a block's output.
  @Test func aTalkativeLoginDoesNotMatter() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(
      runbook, configuration: ["ForceCommand echo hello; echo grumble >&2; exec sh"])
    try runbook.write(
      "Talk.md",
      Self.head + "---\n- [ ] A\n  ```bash {host=prod capture=X}\n  echo value\n  ```\n"
        + "  ```bash\n  test \"$X\" = value\n  ```\n")
    let result = try await runbook.run("exec", "Talk.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    _ = server
  }

  @Test func whatABlockLeavesRunningStaysAndIsNamed() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(
      "Service.md",
      Self.head + "---\n- [ ] Start\n  ```bash {host=prod}\n  sleep 300 &\n  echo $! > pid\n  ```\n"
        + "- [ ] Fail\n  ```bash {host=prod}\n  sleep 301 &\n  exit 1\n  ```\n")
    let result = try await runbook.run("exec", "Service.md")
    #expect(result.status == 1)
    let pid = String(decoding: try Self.bytes(server, "pid"), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(
      result.stdout.contains("left    sleep (\(pid)) on prod, started by “Start”"),
      "\(result.stdout)")
    #expect(LivingProcesses.pids(in: server.home.path) == [Int32(pid)])
  }

  /// What copies files from here goes over the run's one connection.
  @Test(.enabled(if: access("/usr/bin/rsync", X_OK) == 0, "there is no rsync"))
  func filesAreCopiedOverTheSameConnection() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("dist/a b.txt", "hello\n")
    try runbook.write(
      "Copy.md",
      Self.head
        + "---\n- [ ] Upload\n  ```bash\n  rsync -a -e \"$RUNBOOK_SSH\" dist \"prod:\(server.home.path)/\"\n  ```\n"
        + "  ```bash {host=prod}\n  cat 'dist/a b.txt'\n  ```\n")
    let result = try await runbook.run("exec", "Copy.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(server.logins == 1)
  }

  private static func bytes(_ server: SSHServer, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: server.home.appendingPathComponent(name)))
  }
}
