import Foundation
import Testing

/// Blocks on a group of hosts, over real sshd's and the system's Ansible.
@Suite(.pacedFirst, .enabled(if: ServerFleet.isThere, "there is no sshd, or no Ansible"))
struct FleetRunTests {
  @Test func aBlockRunsOnEachHostAndEachHasItsValue() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Deploy.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Ask {hosts=web}
          ```bash {capture=WHO}
          echo "not part of the value" >&2
          echo "I am $RUNBOOK_HOST"
          ```
          ```python3 {cwd=~/bin}
          import os
          print(os.path.basename(os.getcwd()), os.environ["WHO"], os.environ["RUNBOOK_STEP"])
          ```
        - [ ] Here
          ```bash
          printf %s "$WHO" > who
          ```
        - [ ] One
          ```bash {host=web2}
          printf %s "$WHO" > who
          ```

        """)
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    let note = try runbook.read("Deploy.md")
    for name in ["web1", "web2", "web3"] {
      #expect(note.contains("> bin I am \(name) Ask\n"))
      #expect(result.stdout.contains("✓ 1 Ask  \(name): exit 0, "))
    }
    let all = #"{"web1":"I am web1","web2":"I am web2","web3":"I am web3"}"#
    #expect(try runbook.read("who") == all)
    #expect(fleet.contents("who") == [nil, all, nil])
    #expect(fleet.leftovers == [])
    let record = try runbook.read(try #require(runbook.record))
    #expect(record.contains(/\| web3 \| succeeded \| 0 \| \S+ \| \S+ \| bin I am web3 Ask \|/))
  }

  @Test func aFailingBatchIsTheLastAndWhatBeganIsUndone() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Roll.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Look
          ```bash {hosts=web capture=BEFORE}
          cat release
          ```
        - [ ] Roll {hosts=web serial=1}
          ```bash
          echo r2 > release; date +%s.%N > at
          [ "$RUNBOOK_HOST" != web2 ] || { echo "no good"; exit 7; }
          ```
          ```bash {rollback}
          date +%s.%N > undone; echo "back to $BEFORE"
          echo "$BEFORE" > release
          ```

        """)
    for server in fleet.servers {
      try RunbookBinary.put(
        Array("r1-\(server.name)\n".utf8), server.home.appendingPathComponent("release").path)
    }
    let result = try await runbook.run("exec", "Roll.md")
    #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
    #expect(fleet.contents("release") == ["r1-web1\n", "r1-web2\n", "r1-web3\n"])
    let times = fleet.contents("at").map { $0.flatMap { Double($0.dropLast()) } }
    let undone = fleet.contents("undone").map { $0.flatMap { Double($0.dropLast()) } }
    #expect(try #require(times[0]) < #require(times[1]))
    #expect(times[2] == nil && undone[2] == nil)
    // The newest batch first.
    #expect(try #require(undone[1]) < #require(undone[0]))
    #expect(
      result.stdout.contains(/failed, Roll\.md:\d+: .*: exit 7 on web2; not begun on web3/),
      "\(result.stdout)")
    let record = try runbook.read(try #require(runbook.record))
    #expect(record.contains(/\| web2 \| failed \| 7 \| \S+ \| \S+ \| no good \|/), "\(record)")
    #expect(record.contains(/\| web3 \| not begun \|  \|  \|  \|  \|/))
    #expect(record.contains(/\| web1 \| undone \| 0 \| \S+ \| \S+ \| back to r1-web1 \|/))
    #expect(record.contains(/run_status: rolled back/))
    #expect(fleet.leftovers == [])
  }

  /// Nothing of a value or a block is a template, a command or a part of one.
  @Test func valuesArriveByteForByte() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    let nasty =
      "'\"\\ {{ 7 * 7 }} {% raw %} !unsafe $(touch pwned) `touch pwned` ${HOME}; \u{e9} \u{1F600}\n\n- a: b\tend\u{7F} "
    let large = String(repeating: "0123456789abcd\n", count: 4369)
    try runbook.write(
      "Values.md",
      "---\n" + ServerFleet.head + """
        params: [NASTY, LARGE]
        ---
        - [ ] Take
          ```bash {hosts=web}
          printf %s "$NASTY" > nasty; printf %s "$LARGE" > large
          echo '{{ 7 * 7 }} {% endraw %}' > block
          ```
          ```bash {hosts=web capture=BACK}
          printf %s "$NASTY"
          ```
          ```bash {hosts=web}
          printf %s "$BACK" > back
          ```

        """)
    let result = try await runbook.run(
      "exec", "Values.md", environment: ["NASTY": nasty, "LARGE": large])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(fleet.contents("nasty") == [nasty, nasty, nasty])
    #expect(fleet.contents("large") == [large, large, large])
    #expect(fleet.contents("block")[0] == "{{ 7 * 7 }} {% endraw %}\n")
    #expect(fleet.contents("back")[2] == nasty.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(fleet.contents("pwned") == [nil, nil, nil])
  }

  @Test func aSecretIsInNoFileAfterwards() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Secret.md",
      "---\n" + ServerFleet.head + """
        secrets: [LOGIN]
        ---
        - [ ] Log in
          ```bash {hosts=web}
          echo "my login is $LOGIN"
          ```

        """)
    let result = try await runbook.run(
      "exec", "Secret.md", environment: ["LOGIN": "swordfish-4711"])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("Secret.md").contains("> my login is ••••"))
    // But in the run's private file of values, of which it can be taken up.
    let found = Self.files(under: runbook.scratch, holding: "swordfish-4711")
    #expect(found.allSatisfy { $0.hasSuffix("/values") }, "\(found)")
    _ = fleet
  }

  /// A block's time is its own: Ansible may take longer to start than the block may run.
  @Test func aSlowStartOfAnsibleCostsABlockNoTime() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    let slow = try SlowProgram("ansible-playbook", once: "slow", seconds: 9, runbook)
    try runbook.write(
      "Slow.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] From here on
          ```bash
          touch slow
          ```
        - [ ] Work
          ```bash {hosts=web timeout=8s idle=8s grace=0s}
          touch ran
          ```

        """)
    let result = try await runbook.run("exec", "Slow.md", environment: slow.environment)
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(fleet.contents("ran") == ["", "", ""])
    let times = try runbook.journal().split(separator: "\n")
      .filter { $0.contains("\"block-began\"") }
    #expect(times.count == 1, "\(times)")
  }

  /// What has gone well is not done again.
  @Test func aRetryGoesWhereItFailed() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Retry.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Try
          ```bash {hosts=web retries=2 delay=0s}
          echo x >> tries
          [ "$RUNBOOK_HOST" != web2 ] || [ "$(wc -l < tries)" -gt 1 ]
          ```

        """)
    let result = try await runbook.run("exec", "Retry.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(fleet.contents("tries") == ["x\n", "x\nx\n", "x\n"])
  }

  @Test func aLongLogIsCutInTheMiddle() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Long.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Print
          ```bash {hosts=web}
          echo "first on $RUNBOOK_HOST"; seq 1000000; echo "last on $RUNBOOK_HOST"
          ```

        """)
    let result = try await runbook.run("exec", "Long.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    let log = try await runbook.run("logs").stdout
    #expect(log.utf8.count < 4 << 20)
    for name in ["web1", "web2", "web3"] {
      #expect(log.contains("first on \(name)\n1\n") && log.contains("1000000\nlast on \(name)\n"))
    }
    #expect(log.contains(/\.\.\. \d+ bytes left out \.\.\./))
    _ = fleet
  }

  private static func files(under folder: URL, holding text: String) -> [String] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? []).map(\.path).filter { path in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue, let data = try? Data(contentsOf: URL(fileURLWithPath: path))
      else { return false }
      return data.range(of: Data(text.utf8)) != nil
    }
  }
}
