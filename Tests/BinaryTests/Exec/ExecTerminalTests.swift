import Foundation
import TestSupport
import Testing

/// The live view, the questions and the state of the terminal afterwards, in a real terminal emulator.
@Suite(.paced, .enabled(if: Tmux.isThere, "tmux is not on this machine"))
struct ExecTerminalTests {
  private static func runbook(_ steps: String, head: String = "") throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", "---\ncwd: ../app\n\(head)---\n# Deploy\n\n" + steps)
    return runbook
  }

  /// Runs the note between two looks at the terminal's modes.
  private static func exec(_ tmux: Tmux, _ arguments: String = "") {
    tmux.type(
      "clear; stty -a | tail -n +2 > ../before; runbook exec Deploy.md \(arguments); echo \"status $?\"; stty -a | tail -n +2 > ../after\n"
    )
  }

  private static func expectSane(_ runbook: RunbookBinary) async throws {
    try #require(
      try await eventually { runbook.exists("../after") && (try? runbook.read("../after")) != "" })
    #expect(try runbook.read("../before") == runbook.read("../after"))
  }

  /// As a golden: the clocks differ.
  static func picture(_ screen: String, _ runbook: RunbookBinary) throws -> String {
    let text = try runbook.plain(screen + "\n").replacing(
      try Regex(#"run [0-9a-f]{4}(?=\n| ·)"#), with: "run <id>"
    ).replacing(try Regex(#" by \S+ after"#), with: " by <user> after")
      .replacing(" …", with: "…")  // A clock of ten seconds takes a column more.
    return text.replacing(try Regex(#" +\d+\.\d+s|  +<took>"#), with: "  <took>")
      .replacing(try Regex(#"\(\d+ s\)"#), with: "(<left> s)")
      .replacing(try Regex(#"\(<pid> s\)"#), with: "(<left> s)")
      .replacing(try Regex(#"in (\d+|<pid>) s:"#), with: "in <left> s:")
      .replacing(try Regex(#"[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]"#), with: "⠋")
  }

  private static let going =
    "- [ ] Build the thing 漢字 with a title that is far too long for a narrow window 🚀 ^b\n"
    + "  ```bash\n  echo one; echo two; touch began; while [ ! -e go ]; do sleep 0.02; done\n  ```\n"
    + "  - [ ] Inside\n    ```bash\n    true\n    ```\n- [ ] After\n  ```bash\n  true\n  ```\n"

  @Test(arguments: [40, 80, 200]) func theViewIsRightAtAnyWidth(_ columns: Int) async throws {
    let runbook = try Self.runbook(Self.going)
    let tmux = try await Tmux(runbook, columns: columns)
    Self.exec(tmux)
    try await tmux.expect("Terminal/running-\(columns).screen") { try Self.picture($0, runbook) }
    tmux.resize(columns: 60, rows: 20)
    try await tmux.wait {
      $0.contains("│ two") && $0.split(separator: "\n").allSatisfy { $0.count < 60 }
    }
    try runbook.write("../app/go", "")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(end.components(separatedBy: "Inside").count == 2, "\(end)")
    #expect(end.components(separatedBy: "│ two").count == 1, "\(end)")
    try await Self.expectSane(runbook)
  }

  private static let failing =
    "- [ ] First\n  ```bash\n  true\n  ```\n  ```bash {rollback}\n  echo back >> trace\n  ```\n"
    + "- [ ] Second\n  ```bash\n  echo x >> trace; echo 'connection refused'; [ $(wc -l < trace) -ge 2 ]\n  ```\n"

  @Test func aFailureAsksAndRetries() async throws {
    let runbook = try Self.runbook(Self.failing)
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.expect("Terminal/failure.screen") { try Self.picture($0, runbook) }
    tmux.press("r")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "x\nx\n")
    try await Self.expectSane(runbook)
  }

  @Test func aFailureAsksAndRollsBack() async throws {
    let runbook = try Self.runbook(Self.failing)
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "[r]etry")
    tmux.press("b")
    try await tmux.expect("Terminal/rolled-back.screen") { try Self.picture($0, runbook) }
    #expect(try runbook.read("../app/trace") == "x\nback\n")
    try await Self.expectSane(runbook)
  }

  @Test func aFailureAsksAndStops() async throws {
    let runbook = try Self.runbook(Self.failing)
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "[r]etry")
    tmux.press("q")
    try await tmux.wait(for: "status 1")
    #expect(try runbook.read("../app/trace") == "x\n")
    try await Self.expectSane(runbook)
  }

  @Test(arguments: [
    ("d", 0, "- [x] Look [result:: done]"), ("s", 0, "- [ ] Look [result:: skipped]"),
    ("n", 1, "- [ ] Look [result:: failed]"),
  ])
  func aManualStepAsks(_ key: String, _ status: Int, _ mark: String) async throws {
    let runbook = try Self.runbook("- [ ] Look\n")
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "[d]one")
    if key == "d" {
      tmux.press("c")
      try await tmux.wait(for: "comment:")
      tmux.type("it looks good\n")
      try await tmux.expect("Terminal/manual.screen") { try Self.picture($0, runbook) }
    }
    tmux.press(key)
    try await tmux.wait(for: "status \(status)")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains(mark), "\(note)")
    if key == "d" {
      #expect(try runbook.read(try #require(runbook.record)).contains("it looks good"))
    }
    try await Self.expectSane(runbook)
  }

  @Test func confirmAsks() async throws {
    let runbook = try Self.runbook(
      "- [ ] A\n  ```bash {confirm=\"Drop $NAME?\"}\n  echo a >> trace\n  ```\n",
      head: "params:\n  - NAME=the tables\n")
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "Drop the tables?")
    tmux.press("y")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "a\n")
    try await Self.expectSane(runbook)
  }

  private static let long =
    "- [ ] First\n  ```bash\n  true\n  ```\n  ```bash {rollback}\n  echo back >> trace\n  ```\n"
    + "- [ ] Second\n  ```bash {grace=90s}\n  trap '' TERM; touch began; while :; do sleep 0.05; done\n  ```\n"

  @Test func controlCAsks() async throws {
    let runbook = try Self.runbook(Self.long.replacing("trap '' TERM; ", with: ""))
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try #require(try await eventually { runbook.exists("../app/began") })
    tmux.press("C-c")
    try await tmux.expect("Terminal/interrupted.screen") { try Self.picture($0, runbook) }
    tmux.press("b")
    try await tmux.wait(for: "status 3")
    #expect(try runbook.read("../app/trace") == "back\n")
    try await Self.expectSane(runbook)
  }

  @Test func controlCTwiceEndsAtOnce() async throws {
    let runbook = try Self.runbook(Self.long)
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try #require(try await eventually { runbook.exists("../app/began") })
    tmux.press("C-c")
    try await tmux.wait(for: "What now?")
    tmux.press("C-c")
    let end = try await tmux.wait(for: "status ")
    #expect(end.contains("status 130") || end.contains("status 4"))
    #expect(!runbook.exists("../app/trace"))
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    try await Self.expectSane(runbook)
  }

  @Test func aSecretIsAskedForWithoutEcho() async throws {
    let runbook = try Self.runbook(
      "- [ ] A\n  ```bash\n  [ \"$DB_PASSWORD\" = hunter2 ] && echo right >> trace\n  ```\n",
      head: "secrets: [DB_PASSWORD]\n")
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "DB_PASSWORD:")
    tmux.type("hunter2\n")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(!end.contains("hunter2"))
    #expect(try runbook.read("../app/trace") == "right\n")
    try await Self.expectSane(runbook)
  }

  @Test func anInteractiveBlockGetsTheTerminalAndGivesItBack() async throws {
    let runbook = try Self.runbook(
      "- [ ] A\n  ```bash {interactive}\n  read -rp 'your name: ' name; echo \"$name\" >> trace; stty -echo\n  ```\n- [ ] Look\n"
    )
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "your name:")
    tmux.type("ana\n")
    try await tmux.wait(for: "[d]one")
    tmux.press("d")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "ana\n")
    try await Self.expectSane(runbook)
  }

  @Test(arguments: [["TERM": "dumb"], ["CI": "true"]]) func plainLinesWhereMotionIsNotWanted(
    _ environment: [String: String]
  ) async throws {
    let runbook = try Self.runbook("- [ ] A\n  ```bash\n  true\n  ```\n")
    let tmux = try await Tmux(runbook)
    tmux.type("export \(environment.map { "\($0.key)=\($0.value)" }.joined())\n")
    Self.exec(tmux, "> ../out 2>&1")
    Self.exec(tmux)
    // The first one says "status 0" too, and writes its lines elsewhere.
    try await tmux.wait(for: "  ✓ 1 A  ")
  }

  @Test func noColourMeansNone() async throws {
    let runbook = try Self.runbook("- [ ] A\n  ```bash\n  true\n  ```\n")
    let tmux = try await Tmux(runbook, environment: ["NO_COLOR": "1"])
    tmux.type(
      "clear; script -qec 'runbook() { :; }; \(runbook.program) exec Deploy.md' ../typescript; echo \"status $?\"\n"
    )
    try await tmux.wait(for: "status 0")
    let typescript = try runbook.read("../typescript")
    #expect(typescript.contains("✓"))
    #expect(!typescript.contains(try Regex("\u{1b}\\[[0-9;]*m")))
  }

  @Test func aParameterThatMustBeGivenIsAskedFor() async throws {
    let runbook = try Self.runbook(
      "- [ ] Say\n  ```bash\n  echo \"$VERSION\" > said\n  ```\n", head: "params: [VERSION]\n")
    let tmux = try await Tmux(runbook)
    Self.exec(tmux)
    try await tmux.wait(for: "VERSION:")
    tmux.type("1.2 beta\n")
    try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(try runbook.read("../app/said") == "1.2 beta\n")
    try await Self.expectSane(runbook)
  }
}
