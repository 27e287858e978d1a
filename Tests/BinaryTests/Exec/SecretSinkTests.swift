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
      hex[9..<13].joined(separator: " "),
    ] + coded
  }()

  private static func expectNothing(
    in text: String, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for needle in needles where text.contains(needle) {
      Issue.record("\(place) holds \(needle)", sourceLocation: sourceLocation)
    }
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
    // Its own environment is what the person's is.
    #expect(try runbook.read("../app/told.count") == "1\n")
    let files = try #require(FileManager.default.enumerator(atPath: runbook.scratch.path))
    var count = 0
    // Kept for a later rollback, and for its owner only.
    for case let name as String in files where !name.hasSuffix("/values") {
      let data = try? Data(contentsOf: runbook.scratch.appendingPathComponent(name))
      Self.expectNothing(in: String(decoding: data ?? Data(), as: UTF8.self), name)
      count += data == nil ? 0 : 1
    }
    #expect(count > 8)
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
