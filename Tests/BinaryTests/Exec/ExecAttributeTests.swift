import Foundation
import TestSupport
import Testing

/// Each attribute, for real.
@Suite(.paced) struct ExecAttributeTests {
  /// Runs a note of these steps, in `../app`.
  @discardableResult
  private static func run(
    _ steps: String, head: String = "", _ arguments: String..., environment: [String: String] = [:],
    in runbook: RunbookBinary
  ) async throws -> RunbookBinary.Result {
    try runbook.makeVault()
    try runbook.write("note.md", "---\ncwd: ../app\n\(head)---\n" + steps)
    let variables = runbook.environment.merging(environment) { $1 }
    return try await runbook.run(["exec", "note.md"] + arguments, environment: variables)
  }

  private static func trace(_ runbook: RunbookBinary) throws -> String {
    runbook.exists("../app/trace") ? try runbook.read("../app/trace") : ""
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let steps: String
    var head = ""
    var status = 0
    var trace: String
    /// What the annotated note holds.
    var holds: [String] = []
    var testDescription: String { name }
  }

  private static func block(_ attributes: String, _ code: String) -> String {
    "  ```bash\(attributes.isEmpty ? "" : " {\(attributes)}")\n"
      + code.split(separator: "\n").map { "  \($0)\n" }.joined() + "  ```\n"
  }

  private static func step(_ title: String, _ blocks: String...) -> String {
    "- [ ] \(title)\n" + blocks.joined()
  }

  static let cases: [Case] = [
    Case(
      name: "done-if skips",
      steps: step("A", block("done-if", "true"), block("", "echo no >> trace")),
      trace: "", holds: ["- [ ] A [result:: skipped] · [took:: "]),
    Case(
      name: "done-if runs",
      steps: step("A", block("done-if", "exit 4"), block("", "echo 1 >> trace")),
      trace: "1\n", holds: ["- [x] A [took:: "]),
    Case(
      name: "always after success",
      steps: step("A", block("", "echo 1 >> trace"), block("always", "echo end >> trace"))
        + step("B", block("", "echo 2 >> trace")), trace: "1\n2\nend\n"),
    Case(
      name: "always after failure and rollback",
      steps: step(
        "A", block("", "echo 1 >> trace"), block("rollback", "echo back >> trace"),
        block("always", "echo end >> trace; exit 1"))
        + step("B", block("", "exit 2")), status: 3, trace: "1\nback\nend\n"),
    Case(
      name: "a failing always changes no outcome",
      steps: step(
        "A", block("", "true"), block("rollback", "echo no >> trace"), block("always", "exit 1")),
      trace: "", holds: ["- [x] A"]),
    Case(
      name: "retries",
      steps: step("A", block("retries=2 delay=50ms", "echo x >> trace; [ $(wc -l < trace) = 3 ]")),
      trace: "x\nx\nx\n", holds: ["- [x] A"]),
    Case(
      name: "retries end", steps: step("A", block("retries=1", "echo x >> trace; false")),
      status: 1,
      trace: "x\nx\n", holds: ["A · try 2 · exit 1"]),
    Case(
      name: "every and for", steps: step("A", block("every=1s for=3s", "echo x >> trace")),
      trace: "x\nx\n"),
    Case(
      name: "every fails",
      steps: step("A", block("every=0.1s for=60s", "echo x >> trace; [ $(wc -l < trace) -lt 3 ]")),
      status: 1, trace: "x\nx\nx\n"),
    Case(
      name: "fallback",
      steps: step(
        "A", block("timeout=0.3s grace=0.2s", "sleep 20"), block("fallback", "echo fell >> trace")),
      trace: "fell\n", holds: ["- [x] A"]),
    Case(
      name: "fallback fails",
      steps: step(
        "A", block("timeout=0.3s grace=0.2s", "sleep 20"), block("fallback", "exit 6")), status: 1,
      trace: "", holds: ["- [ ] A [result:: failed] · [exit:: 6]"]),
    Case(
      name: "extend",
      steps: step("A", block("timeout=2s on-timeout=extend", "sleep 3; echo 1 >> trace")),
      trace: "1\n", holds: ["- [x] A"]),
    Case(
      name: "extend thrice at most",
      steps: step("A", block("timeout=0.2s grace=0.1s on-timeout=extend", "sleep 20")), status: 124,
      trace: "", holds: ["- [ ] A [result:: timed out]"]),
    Case(
      name: "idle",
      steps: step("A", block("idle=3s grace=0.1s", "echo 1 >> trace; echo; sleep 20")),
      status: 124, trace: "1\n", holds: ["- [ ] A [result:: timed out]"]),
    Case(
      name: "on-error stop",
      steps: step("A", block("", "true"), block("rollback", "echo no >> trace"))
        + step("B", block("on-error=stop", "exit 3")), status: 1, trace: "",
      holds: ["- [x] A", "- [ ] B [result:: failed] · [exit:: 3]"]),
    Case(
      name: "on-error continue",
      steps: step("A", block("on-error=continue", "exit 3"))
        + step("B", block("", "echo 1 >> trace")),
      trace: "1\n", holds: ["- [ ] A [result:: warning]", "- [x] B"]),
    Case(
      name: "if",
      steps: step("A {if=MODE=fast}", block("", "echo a >> trace"))
        + step("B {if=!MODE}", block("", "echo b >> trace"))
        + step("C", block("if=MODE!=fast", "echo c >> trace"), block("if=MODE", "echo d >> trace")),
      head: "params:\n  - MODE=fast\n", trace: "a\nd\n",
      holds: ["- [ ] B [result:: skipped] · [at:: ", "- [x] C"]),
    Case(
      name: "capture reaches later blocks and the way back",
      steps: step(
        "A", block("capture=GOT", "echo \"  two words  \"; echo noise >&2"),
        block("", "echo \"<$GOT>\" >> trace"), block("rollback", "echo \"back <$GOT>\" >> trace"))
        + step("B", block("", "echo \"[$GOT] [$LATER]\" >> trace; exit 1"))
        + step("C", block("capture=LATER", "echo x")), status: 3,
      trace: "<two words>\n[two words] []\nback <two words>\n"),
    Case(
      name: "cwd with a home and a name",
      steps: step(
        "A", block("cwd=~", "[ \"$PWD\" = \"$HOME\" ] && echo home >> ../app/trace"),
        block("cwd=$SUB", "pwd | grep -o 'app.*' >> ../trace")) + "",
      head: "params:\n  - SUB=.\n", trace: "home\n", holds: []),
    Case(
      name: "interpreters",
      steps: "- [ ] A\n  ```python\n  open('trace','a').write('py\\n')\n  ```\n"
        + "  ```js\n  require('fs').appendFileSync('trace', 'js\\n')\n  ```\n"
        + "  ```perl\n  open(F, '>>trace'); print F \"perl\\n\";\n  ```\n"
        + "  ```text {interpreter=cat}\n  shown\n  ```\n", trace: "py\njs\nperl\n",
      holds: ["> shown\n"]),
    Case(
      name: "what a block gets",
      steps: step(
        "Look *here*",
        block(
          "",
          "echo \"$RUNBOOK|$RUNBOOK_STEP|${RUNBOOK_NOTE##*/}|${RUNBOOK_VAULT##*/}|$RUNBOOK_STATUS\" >> trace\n"
            + "readlink /proc/self/fd/0 >> trace\n[ ${#RUNBOOK_RUN} = 20 ] && echo id >> trace\n"
            + "ls /proc/self/fd >> trace; grep SigIgn /proc/self/status >> trace")),
      trace: "1|Look here|note.md|work|\n/dev/null\nid\n0\n1\n2\n3\nSigIgn:\t0000000000000000\n"),
    Case(
      name: "sub-steps",
      steps: "- [ ] P\n" + block("", "echo p >> trace") + block("rollback", "echo undo p >> trace")
        + "  - [ ] C1\n    ```bash\n    echo c1 >> trace\n    ```\n    ```bash {rollback}\n    echo undo c1 >> trace\n    ```\n"
        + "  - [ ] C2\n    ```bash\n    exit 1\n    ```\n", status: 3,
      trace: "p\nc1\nundo c1\nundo p\n"),
  ]

  @Test(arguments: cases) func anAttributeDoesWhatItSays(_ test: Case) async throws {
    let runbook = try RunbookBinary()
    let result = try await Self.run(test.steps, head: test.head, in: runbook)
    #expect(result.status == test.status, "\(result.stdout)\(result.stderr)")
    if test.name.hasPrefix("cwd") || test.name.hasPrefix("every and") {
      #expect(try Self.trace(runbook).hasPrefix(test.trace))
    } else {
      let trace = try Self.trace(runbook)
      #expect(trace == test.trace)
    }
    let note = try runbook.read("note.md")
    for text in test.holds { #expect(note.contains(text), "\(note)") }
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
  }

  // MARK: People

  @Test(arguments: [
    ("- [ ] A\n  ```bash {confirm=\"Sure?\"}\n  echo 1 >> trace\n  ```\n", "confirm"),
    ("- [ ] A\n  ```bash {interactive}\n  echo 1 >> trace\n  ```\n", "interactive"),
    ("- [ ] A, by a person\n", "manual"),
  ]) func withoutATerminalARunPauses(_ steps: String, _ name: String) async throws {
    let runbook = try RunbookBinary()
    let result = try await Self.run(steps, in: runbook)
    #expect(result.status == 75)
    #expect(try Self.trace(runbook) == "")
    #expect(try runbook.read("note.md").contains(" [result:: waiting] · [at:: "))
    #expect(runbook.record == nil)
    try Golden.expect(runbook.plain(result.stdout), is: "Exec/paused-\(name).out")
  }

  @Test func yesAnswersConfirmButNoManualStep() async throws {
    let runbook = try RunbookBinary()
    let steps =
      "- [ ] A\n  ```bash {confirm=\"Sure?\"}\n  echo 1 >> trace\n  ```\n- [ ] By a person\n"
    let result = try await Self.run(steps, "--yes", in: runbook)
    #expect(result.status == 75)
    #expect(try Self.trace(runbook) == "1\n")
  }

  /// Nobody can answer for a rollback.
  @Test func aRollbackThatNobodyConfirmsDoesNotRun() async throws {
    let runbook = try RunbookBinary()
    let steps =
      "- [ ] A\n  ```bash\n  true\n  ```\n  ```bash {rollback confirm=\"Drop it?\"}\n  echo no >> trace\n  ```\n"
      + "- [ ] B\n  ```bash\n  exit 1\n  ```\n"
    let result = try await Self.run(steps, "--yes", in: runbook)
    #expect(result.status == 4)
    #expect(try Self.trace(runbook) == "")
    #expect(result.stdout.contains("not undone: “A”"))
  }

  // MARK: Values

  @Test func valuesAreNeverCode() async throws {
    let runbook = try RunbookBinary()
    let value = "it's \"two\"\n$(touch pwned) `touch pwned`; touch pwned | * \\ %s"
    let steps =
      "- [ ] A $VALUE\n  ```bash\n  printf '%s' \"$VALUE\" > trace\n  ```\n  ```bash {cwd=. x-note=$VALUE}\n  echo \"$APP_ENV $DEFAULT\" >> out\n  ```\n"
    let result = try await Self.run(
      steps, head: "params:\n  - VALUE\n  - APP_ENV=default\n  - DEFAULT=yes\n", "--set",
      "VALUE=\(value)",
      environment: ["APP_ENV": "environment"], in: runbook)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try Self.trace(runbook) == value)
    #expect(try runbook.read("../app/out") == "environment yes\n")
    #expect(!runbook.exists("../app/pwned"))
    let record = try runbook.read(try #require(runbook.record))
    let lines = record.split(separator: "\n").filter {
      $0.hasPrefix("| VALUE") || $0.hasPrefix("| APP_ENV") || $0.hasPrefix("| DEFAULT")
    }
    #expect(
      lines == [
        #"| VALUE | it's "two"⏎\$(touch pwned) \`touch pwned\`; touch pwned \| \* \\ \%s | --set |"#,
        "| APP_ENV | environment | environment |", "| DEFAULT | yes | note |",
      ])
  }

  @Test func secretsAreShownNowhere() async throws {
    let runbook = try RunbookBinary()
    let secret = "hunter2 & Co=x"
    let steps =
      "- [ ] A\n  ```bash\n  echo \"plain $DB_PASSWORD\"; printf %s \"$DB_PASSWORD\" | base64; tr '\\0' '\\n' < /proc/$PPID/cmdline\n"
      + "  for i in h u n t; do printf %s $i; sleep 0.02; done; printf 'er2 & Co=x\\n'; echo \"on $DB_PASSWORD\" >&2; exit 3\n  ```\n"
      + "  ```bash {always}\n  echo \"$DB_PASSWORD\"\n  ```\n"
    let head = "secrets: [DB_PASSWORD]\n"
    let environment = ["DB_PASSWORD": secret]
    let result = try await Self.run(steps, head: head, environment: environment, in: runbook)
    #expect(result.status == 1, "\(result.stderr)")
    let logs = try await runbook.run("logs")
    let json = try await runbook.run("exec", "note.md", "--json", environment: environment)
    for text in [result.stdout, result.stderr, logs.stdout, json.stdout, json.stderr] {
      #expect(!text.contains("hunter2"))
    }
    #expect(logs.stdout.contains("plain ••••"))
    let files = try #require(FileManager.default.enumerator(atPath: runbook.scratch.path))
    for case let name as String in files where !name.hasSuffix("/values") {
      let path = runbook.scratch.appendingPathComponent(name)
      let data = (try? Data(contentsOf: path)) ?? Data()
      #expect(!String(decoding: data, as: UTF8.self).contains("hunter2"), "\(name)")
      #expect(!String(decoding: data, as: UTF8.self).contains("aHVudGVyMiAmIENv"), "\(name)")
    }
  }

  // MARK: Options

  private static let three =
    "- [ ] One ^one\n  ```bash\n  echo 1 >> trace\n  ```\n- [ ] Two\n  ```bash\n  echo 2 >> trace\n  ```\n"
    + "- [ ] Three\n  ```bash\n  echo 3 >> trace\n  ```\n"

  @Test(arguments: [
    (["--from", "Two"], "2\n3\n"), (["--from", "2"], "2\n3\n"), (["--only", "^one"], "1\n"),
    (["--only", "1", "--only", "Three"], "1\n3\n"), (["--skip", "two"], "1\n3\n"),
    (["--dry-run"], ""),
  ]) func stepsAreChosen(_ arguments: [String], _ trace: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", "---\ncwd: ../app\n---\n" + Self.three)
    let result = try await runbook.run(["exec", "note.md"] + arguments)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try Self.trace(runbook) == trace)
    if arguments == ["--dry-run"] {
      #expect(try runbook.read("note.md") == "---\ncwd: ../app\n---\n" + Self.three)
      #expect(runbook.runs.isEmpty && runbook.record == nil)
    }
  }

  @Test func aNoteIsRunByOneOfItsSections() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n# A\n\n- [ ] One\n  ```bash\n  echo 1 >> trace\n  ```\n\n# B\n\n- [ ] Two\n  ```bash\n  echo 2 >> trace\n  ```\n"
    )
    #expect(try await runbook.run("exec", "note.md#B").status == 0)
    #expect(try Self.trace(runbook) == "2\n")
  }

  @Test(arguments: ["in-place", "note", "both", "none"]) func theRecordGoesWhereItIsWanted(
    _ mode: String
  ) async throws {
    let runbook = try RunbookBinary()
    let result = try await Self.run(Self.three, "--record", mode, in: runbook)
    #expect(result.status == 0)
    #expect(try runbook.read("note.md").contains("took::") == ["in-place", "both"].contains(mode))
    #expect((runbook.record != nil) == ["note", "both"].contains(mode))
  }

  @Test func continueOnErrorGoesOnAndKeepsWhatBlocksSay() async throws {
    let runbook = try RunbookBinary()
    let steps =
      "- [ ] A\n  ```bash\n  exit 1\n  ```\n- [ ] B\n  ```bash {on-error=stop}\n  echo b >> trace; exit 1\n  ```\n- [ ] C\n  ```bash\n  echo c >> trace\n  ```\n"
    let result = try await Self.run(steps, "--continue-on-error", in: runbook)
    #expect(result.status == 1)
    #expect(try Self.trace(runbook) == "b\n")
  }

  /// It holds for a block that names none, and for one that names a longer one; a tighter one stays.
  @Test(arguments: [("", "0.4s"), (" timeout=600s", "0.4s"), (" timeout=0.4s", "600s")])
  func theTimeoutOptionIsADefaultAndALimit(_ own: String, _ option: String) async throws {
    let runbook = try RunbookBinary()
    let steps = "- [ ] A\n  ```bash {grace=0.1s\(own)}\n  sleep 300\n  ```\n"
    let result = try await Self.run(steps, "--timeout", option, in: runbook)
    #expect(result.status == 124, "\(result.stdout)")
    #expect(result.stdout.contains("over its time of 0.4s"))
  }

  @Test func jsonIsALineAnEventWithoutGaps() async throws {
    let runbook = try RunbookBinary()
    let steps =
      "- [ ] \"A\" \\ 日本\n  ```bash {retries=1}\n  echo out; exit 1\n  ```\n  ```bash {rollback}\n  true\n  ```\n"
    let result = try await Self.run(steps, "--json", in: runbook)
    #expect(result.status == 3)
    let lines = result.stdout.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let events = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(events.compactMap { $0["n"] as? Int } == Array(1...events.count))
    #expect(events.compactMap { $0["v"] as? Int } == events.map { _ in 1 })
    #expect(events.first?["event"] as? String == "run-started")
    #expect(events.contains { $0["event"] as? String == "run-ended" })
    let journal = try String(
      contentsOf: try #require(runbook.runs.first).appendingPathComponent("journal.jsonl"),
      encoding: .utf8)
    #expect(journal.split(separator: "\n").count == events.count)
  }
}
