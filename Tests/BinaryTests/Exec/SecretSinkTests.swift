import Foundation
import TestSupport
import Testing

/// A secret that a block prints in every way, and all the places where it might show.
@Suite(.paced) struct SecretSinkTests {
  private static let secret = "hunter2's & Co=x/ü"
  private static let environment = ["DB_PASSWORD": secret]

  private static let note = #"""
    ---
    cwd: ../app
    secrets: [DB_PASSWORD]
    notify: env | grep ^RUNBOOK_ > ../app/told; env | grep -c ^DB_PASSWORD= > ../app/told.count
    ---
    - [ ] Print
      ```bash {capture=TAKEN}
      printf 'taken %s' "$DB_PASSWORD"
      ```
      ```bash
      p=$DB_PASSWORD
      echo "plain $p"; echo "error $p" >&2
      for before in '' a ab; do printf '%s%s tail' "$before" "$p" | base64; done
      for i in 1 2 3 4; do printf 'key %s ' "$p"; done | base64 -w 20
      printf %s "$p" | base64 | tr '+/' '-_'
      printf %s "$p" | od -An -tx1; printf %s "$p" | od -An -v -tx1 -w4
      printf %s "$p" | od -An -tx1 | tr -d ' \n' | tr a-f A-F; echo
      printf %s "$p" | od -c; printf %s "$p" | od; printf %s "$p" | od -tx1z -w8
      printf %s "$p" | base64 | base64; printf %s "$p" | fold -w 7; echo; printf %s "$p" | iconv -t UTF-16
      printf '%q\n' "$p"; echo "${p@Q}"; (set -x; : "$p") 2>&1; declare -p p
      export p; LC_ALL=C bash -c 'printf "%q\n" "$p"'
      printf '\033[31m%s\033[0m' "${p:0:3}" "${p:3:4}" "${p:7}"; echo
      for ((i = 0; i < ${#p}; i++)); do printf %s "${p:i:1}"; sleep 0.03; done; echo
      tr '\0' '\n' < /proc/$$/cmdline; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' > lines
      echo "taken: $TAKEN"
      echo "$p: no such thing" >&2
      exit 3
      ```
      ```bash {always}
      echo "$DB_PASSWORD"
      ```

    """#

  /// Pieces that are in no text but the secret's, as it is and coded.
  private static let needles: [String] = {
    let bytes = Array(secret.utf8)
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    let coded = (0..<3).flatMap { offset -> [String] in
      let text = Data([UInt8](repeating: 0x61, count: offset) + bytes).base64EncodedString()
      return [String(text.dropFirst(4).prefix(6)), String(text.dropFirst(12).prefix(6))]
    }
    return [
      "hunter2", "unter2", "Co=x", "Co\\=x", "Co%3Dx", "\\303\\274", hex[..<4].joined(),
      hex[..<4].joined(separator: " "), hex[..<4].joined().uppercased(),
      hex[9..<13].joined(separator: " "), "u   n   t", "u\0n\0t",
      String(Data(coded[0].utf8).base64EncodedString().prefix(6)),
    ] + coded
  }()

  private static func expectNothing(
    in text: String, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for needle in needles where text.contains(needle) {
      Issue.record("\(place) holds \(needle)", sourceLocation: sourceLocation)
    }
  }

  /// All files but those of the owner alone: what the run goes on with later.
  private static func expectNothingInFiles(
    of runbook: RunbookBinary, besides typed: String? = nil
  ) throws {
    let files = try #require(FileManager.default.enumerator(atPath: runbook.scratch.path))
    var count = 0
    for case let name as String in files where !name.hasSuffix("/values") && name != typed {
      let data = try? Data(contentsOf: runbook.scratch.appendingPathComponent(name))
      expectNothing(in: String(decoding: data ?? Data(), as: UTF8.self), name)
      expectNothing(in: name, "a name")
      count += data == nil ? 0 : 1
    }
    #expect(count > 8)
  }

  private static func runbook() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", note)
    return runbook
  }

  @Test(arguments: [false, true]) func nothingHoldsIt(_ isJSON: Bool) async throws {
    let runbook = try Self.runbook()
    let result = try await runbook.run(
      ["exec", "note.md"] + (isJSON ? ["--json"] : []), environment: Self.environment)
    #expect(result.status == 1, "\(result.stdout)\(result.stderr)")
    Self.expectNothing(in: result.stdout, "standard output")
    Self.expectNothing(in: result.stderr, "standard error")
    let others = [
      ["logs"], ["attach"], ["runs"], ["runs", "--json"], ["stats", "."], ["plan", "note.md"],
    ]
    for words in others {
      let told = try await runbook.run(words)
      Self.expectNothing(in: told.stdout + told.stderr, words.joined(separator: " "))
    }
    #expect(try await runbook.run("logs").stdout.contains("plain ••••\nerror ••••"))
    Self.expectNothing(in: try runbook.read("../app/lines"), "a command line of a process")
    Self.expectNothing(in: try runbook.read("../app/told"), "what notify gets from runbook")
    #expect(try runbook.read("../app/told.count") == "0\n", "notify has none of the run's secrets")
    try Self.expectNothingInFiles(of: runbook)
  }

  /// While it comes letter by letter, no beginning of it is on the screen.
  @Test(.enabled(if: Tmux.isThere)) func theScreenShowsNoBeginning() async throws {
    let runbook = try Self.runbook()
    try runbook.write("../secret", Self.secret)
    let tmux = try await Tmux(runbook)
    tmux.type("export DB_PASSWORD=\"$(cat ../secret)\"; runbook exec note.md; echo status $?\n")
    var screens = Set<String>()
    try await tmux.wait { screen in
      screens.insert(screen)
      return screen.contains("What now?")
    }
    tmux.press("q")
    screens.insert(try await tmux.wait(for: "status 1"))
    #expect(screens.count > 3)
    for screen in screens {
      Self.expectNothing(in: screen, "the screen\n\(screen)\n")
      #expect(!screen.contains("hunt"), "\(screen)")
    }
  }

  /// A log that is not over yet, seen from another terminal without the secret in its environment.
  @Test func whoFollowsTheLogSeesNone() async throws {
    let runbook = try Self.runbook()
    let exec = try await runbook.run(
      ["exec", "note.md", "--background"], environment: Self.environment)
    #expect(exec.status == 0, "\(exec.stdout)\(exec.stderr)")
    let logs = try await runbook.run("logs", "-f")
    Self.expectNothing(in: logs.stdout + logs.stderr, "logs -f")
    #expect(logs.stdout.contains("plain ••••"))
  }

  // MARK: What is not output

  /// Each attribute and title of this tries to print it: by what was captured, and by parameters that hold it.
  private static let attributes = #"""
    ---
    cwd: ../app
    secrets: [DB_PASSWORD]
    params:
      URL: none
    notify: env | grep ^RUNBOOK_ > ../app/told
    ---
    # Deploy $DB_PASSWORD ${TAKEN} $URL

    - [ ] Take $DB_PASSWORD
      ```bash {capture=TAKEN}
      printf %s "$DB_PASSWORD"
      ```
      ```bash {rollback, cwd="/nowhere/$TAKEN"}
      true
      ```
    - [ ] Name $URL {if=TAKEN}
      ```bash {if="TAKEN!=x", confirm="Really $TAKEN at $URL?"}
      true
      ```
      ```bash {cwd="sub-$TAKEN", on-error=continue}
      true
      ```
      ```bash {confirm="$URL now?", cwd="${TAKEN}", on-error=continue}
      true
      ```
    - [ ] Look at $TAKEN {confirm="$TAKEN?"}
    - [ ] Fail with ${DB_PASSWORD}
      ```bash {cwd="/nowhere/$TAKEN/$URL", retries=1}
      true
      ```

    """#

  private static func url(_ secret: String) -> [String: String] {
    environment.merging(["URL": "db://user:\(secret)@host/x"]) { $1 }
  }

  private static func withAttributes() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", attributes)
    return runbook
  }

  private static func expectNothingTold(
    _ runbook: RunbookBinary, _ commands: [[String]]
  ) async throws {
    for words in commands {
      let told = try await runbook.run(words, environment: url(secret))
      expectNothing(in: told.stdout + told.stderr, words.joined(separator: " "))
    }
  }

  private static let told = [
    ["logs"], ["logs", "--raw"], ["runs"], ["runs", "--json"], ["stats", "."], ["attach"],
    ["plan", "note.md"], ["plan", "note.md", "--json"], ["check", "note.md"],
    ["rollback", "--dry-run"],
  ]

  @Test(arguments: [[], ["--json"], ["--background"]])
  func noAttributePrintsIt(_ options: [String]) async throws {
    let runbook = try Self.withAttributes()
    let exec = try await runbook.run(
      ["exec", "note.md", "--yes"] + options, environment: Self.url(Self.secret))
    Self.expectNothing(in: exec.stdout + exec.stderr, "exec")
    // In the background it waits, else it is paused.
    let goesOn = options == ["--background"]
    let isWaiting = try await eventually {
      try runbook.journal().contains(goesOn ? "\"kind\":\"manual\"" : "a person does this step")
    }
    #expect(isWaiting, "\(exec.stdout)\(exec.stderr)")
    try await Self.expectNothingTold(runbook, Self.told.filter { !goesOn || $0 != ["attach"] })
    // What it goes on with is raw until its end.
    if !goesOn { try Self.expectNothingInFiles(of: runbook) }
    // It goes on, with what the journal does not have, to its failure.
    try runbook.write(
      "note.md", try runbook.read("note.md").replacing("- [ ] Look at", with: "- [x] Look at"))
    if !goesOn {
      let resumed = try await runbook.run("resume", environment: Self.url(Self.secret))
      Self.expectNothing(in: resumed.stdout + resumed.stderr, "resume")
    }
    let hasEnded = try await eventually { try runbook.journal().contains("\"recorded\"") }
    #expect(hasEnded)
    #expect(try runbook.journal().contains("can't go into the folder"), "it says why, masked")
    try await Self.expectNothingTold(runbook, Self.told)
    try Self.expectNothingInFiles(of: runbook)
  }

  /// What a person is asked, and what he says, in a terminal.
  @Test(.enabled(if: Tmux.isThere)) func noQuestionShowsIt() async throws {
    let runbook = try Self.withAttributes()
    try runbook.write("../secret", Self.secret)
    let tmux = try await Tmux(runbook)
    tmux.type("export DB_PASSWORD=\"$(cat ../secret)\"; export URL=\"db://$DB_PASSWORD@h\"\n")
    tmux.type("clear; runbook exec note.md; echo status $?\n")
    var screens: [String] = []
    for question in ["Really", "now?", "\n••••?"] {
      screens.append(try await tmux.wait { $0.contains(question) && $0.contains("[y]") })
      tmux.press("y")
    }
    screens.append(try await tmux.wait(for: "[d]"))
    tmux.press("c")
    try await tmux.wait(for: "comment:")
    tmux.type("saw \(Self.secret)\n")
    try await tmux.wait(for: "[d]")
    tmux.press("d")
    screens.append(try await tmux.wait(for: "What now?"))
    tmux.press("b")
    screens.append(try await tmux.wait(for: "status 4"))
    for screen in screens {
      // The terminal itself shows what is typed.
      let ours = screen.split(separator: "\n").filter { !$0.hasPrefix("comment: ") }
      Self.expectNothing(in: ours.joined(separator: "\n"), "the screen\n\(screen)\n")
    }
    #expect(try runbook.journal().contains("saw ••••"))
    try await Self.expectNothingTold(runbook, Self.told)
    try Self.expectNothingInFiles(of: runbook, besides: "secret")
  }

  /// Before anything runs too: what is wrong with a folder, a host, a parameter is told without it.
  @Test(arguments: [
    "cwd: /nowhere/$URL", "cwd: ../app\nhost: $URL", "cwd: ../app\ntimeout: $URL",
    "cwd: ../app\nshell: $URL",
  ]) func noRefusalShowsIt(_ head: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\n\(head)\nsecrets: [DB_PASSWORD]\nparams: [URL]\n---\n- [ ] A\n  ```bash\n  true\n  ```\n"
        + "- [ ] B {confirm=\"$URL?\"}\n  ```bash {host=$URL, timeout=$URL}\n  true\n  ```\n")
    for words in [["check", "note.md"], ["plan", "note.md", "--json"], ["exec", "note.md"]] {
      let told = try await runbook.run(words, environment: Self.url(Self.secret))
      Self.expectNothing(in: told.stdout + told.stderr, "\(words) \(head)")
    }
    #expect(
      try await runbook.run("exec", "note.md", environment: Self.url(Self.secret)).status == 2)
  }

  @Test func aShortOneIsWarnedOf() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\nsecrets: [PIN]\n---\n- [ ] A\n  ```bash\n  echo \"pin $PIN.\"\n  ```\n")
    let result = try await runbook.run("exec", "note.md", environment: ["PIN": "4711"])
    #expect(result.status == 0)
    try Golden.expect(result.stderr, is: "Exec/short-secret.err")
    #expect(try await runbook.run("logs").stdout.contains("pin ••••."))
  }
}
