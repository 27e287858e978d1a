import Testing

@testable import Runbook

@Suite struct PlannerTests {
  // MARK: Parameters

  @Test func commandLineBeatsEnvironmentBeatsNote() throws {
    let note = PlanNote.step("", front: "params: [A=1, B=2, C=3]")
    let (plan, diagnostics) = try PlanNote.plan(note) {
      $0.environment = ["A": "env", "B": "env", "PATH": "/bin"]
      $0.assignments = [.init(name: "A", value: "old"), .init(name: "A", value: "set")]
    }
    #expect(diagnostics.isEmpty)
    #expect(plan.parameters.map(\.value) == ["set", "env", "3"])
    #expect(plan.parameters.map(\.source) == [.commandLine, .environment, .note])
  }

  @Test func requiredParameterMustBeGiven() throws {
    let note = PlanNote.step("", front: "params: [SERVER]")
    #expect(try PlanNote.messages(note) == ["the parameter SERVER has no value"])
    #expect(try PlanNote.messages(note) { $0.isChecking = true } == [])
    #expect(try PlanNote.messages(note) { $0.environment = ["SERVER": "a"] } == [])
  }

  @Test func unknownAssignmentIsRefused() throws {
    let note = PlanNote.step("", front: "params: [SERVER=a]")
    let (_, diagnostics) = try PlanNote.plan(note) {
      $0.assignments = [.init(name: "SEVRER", value: "b")]
    }
    #expect(diagnostics.map(\.fix) == ["did you mean SERVER?"])
  }

  @Test func secretsAreKeptOutOfPlansAndProcessLists() throws {
    let note = PlanNote.step("", front: "secrets: [LOGIN]\nparams: [API_TOKEN]")
    let (plan, _) = try PlanNote.plan(note) {
      $0.environment = ["LOGIN": "hunter2", "API_TOKEN": "abc"]
    }
    #expect(plan.parameters.allSatisfy { $0.isSecret && $0.value != nil })
    let json = try plan.json([])
    #expect(!json.contains("hunter2") && !json.contains("\"abc\""))
    let refused = try PlanNote.messages(note) {
      $0.assignments = [.init(name: "LOGIN", value: "x")]
    }
    #expect(refused.count == 1)
  }

  // MARK: Layers

  @Test func whoseTimeoutCounts() throws {
    func timeout(
      _ attributes: String, _ front: String, _ configure: (inout PlanRequest) -> Void = { _ in }
    ) throws -> Double? {
      let (plan, diagnostics) = try PlanNote.plan(
        PlanNote.step(attributes, front: front), configure)
      #expect(diagnostics.isEmpty)
      return plan.steps.first?.blocks.first?.options.timeout.seconds
    }
    #expect(try timeout("", "") == 600)
    #expect(try timeout("", "timeout: 2m") == 120)
    #expect(try timeout("", "timeout: 2m") { $0.environment = ["DEPLOY_TIMEOUT": "3m"] } == 180)
    let both = ["DEPLOY_TIMEOUT": "3m", "RUNBOOK_TIMEOUT": "4m"]
    #expect(try timeout("", "timeout: 2m") { $0.environment = both } == 240)
    #expect(
      try timeout("", "") {
        $0.environment = both
        $0.choices.timeout = .seconds(5)
      } == 5)
    #expect(try timeout("{timeout=1s}", "timeout: 2m") { $0.choices.timeout = .seconds(5) } == 1)
    #expect(try timeout("{timeout=none}", "") == nil)
  }

  /// What is typed for a run, and what a note that knows `DEPLOY_TIMEOUT` is given, holds for its longer blocks too.
  @Test func noBlockTakesLongerThanSomebodyHasSaid() throws {
    let note = """
      ---
      params: [DEPLOY_TIMEOUT=10m]
      ---
      - [ ] A
        ```bash {timeout=1h}
        true
        ```
        ```bash {timeout=none}
        true
        ```
        ```bash {timeout=5s}
        true
        ```
        ```bash {rollback timeout=1h}
        true
        ```
        ```bash {always timeout=1h}
        true
        ```
      """
    func times(_ configure: (inout PlanRequest) -> Void) throws -> [Double?] {
      let (plan, diagnostics) = try PlanNote.plan(note, configure)
      #expect(diagnostics.isEmpty)
      return plan.steps[0].blocks.map(\.options.timeout.seconds)
    }
    #expect(try times { _ in } == [600, 600, 5, 3600, 3600])
    #expect(try times { $0.choices.timeout = .seconds(60) } == [60, 60, 5, 3600, 3600])
    #expect(try times { $0.choices.timeout = TimeLimit.none } == [3600, nil, 5, 3600, 3600])
    #expect(
      try times { $0.environment = ["DEPLOY_TIMEOUT": "30"] } == [30, 30, 5, 3600, 3600])
    #expect(
      try times {
        $0.choices.timeout = .seconds(60)
        $0.assignments = [.init(name: "DEPLOY_TIMEOUT", value: "20")]
      } == [20, 20, 5, 3600, 3600])
    // Elsewhere the environment gives a default only.
    let other = PlanNote.step("{timeout=1h}")
    let (plan, _) = try PlanNote.plan(other) { $0.environment = ["DEPLOY_TIMEOUT": "30"] }
    #expect(plan.steps[0].blocks[0].options.timeout == .seconds(3600))
    let (typed, _) = try PlanNote.plan(other) { $0.choices.timeout = .seconds(30) }
    #expect(typed.steps[0].blocks[0].options.timeout == .seconds(30))
  }

  @Test func theTypedTimeIsTheParameterToo() throws {
    func value(_ limit: TimeLimit?) throws -> String? {
      let note = PlanNote.step("", front: "params: [DEPLOY_TIMEOUT=600]")
      let (plan, _) = try PlanNote.plan(note) { $0.choices.timeout = limit }
      return plan.parameters.first?.value
    }
    #expect(try value(nil) == "600")
    #expect(try value(.seconds(120)) == "120")
    #expect(try value(.seconds(0.5)) == "0.5s")
    #expect(try value(TimeLimit.none) == "none")
  }

  @Test func continueOnErrorChangesTheDefaultOnly() throws {
    let note = """
      - [ ] A
        ```bash {on-error=rollback}
        true
        ```
        ```bash
        true
        ```
      """
    let (plan, _) = try PlanNote.plan(note) { $0.choices.continuesOnError = true }
    #expect(plan.steps[0].blocks.map(\.options.onError) == [.rollback, .continue])
  }

  @Test func badTimeoutInTheEnvironmentIsRefusedWhereItCounts() throws {
    let note = PlanNote.step("")
    #expect(try PlanNote.messages(note) { $0.environment = ["DEPLOY_TIMEOUT": "x"] }.count == 1)
    #expect(
      try PlanNote.messages(note) {
        $0.environment = ["DEPLOY_TIMEOUT": "x"]
        $0.choices.timeout = .seconds(3)
      } == [])
    #expect(try PlanNote.messages(note) { $0.choices.timeout = .seconds(0) }.count == 1)
  }

  // MARK: The vault's file

  private func defaults(_ text: String, root: String = "..") -> VaultDefaults {
    VaultDefaults(
      file: TrustedFile(own: Array(text.utf8), path: ".runbook.yml"), rootFromNote: root)
  }

  @Test(arguments: [
    "timeout: 3m\ncwd: app\n", "---\ntimeout: 3m\ncwd: app", "timeout: 3m\r\ncwd: app\r\n",
  ])
  func vaultFileGivesDefaults(text: String) throws {
    let (plan, diagnostics) = try PlanNote.plan(PlanNote.step("", front: "idle: 5s")) {
      $0.vaultDefaults = defaults(text)
    }
    #expect(diagnostics.map(\.text) == [])
    #expect(plan.settings.timeout == .seconds(180))
    #expect(plan.settings.idle == .seconds(5))
    #expect(plan.settings.cwd == "../app")
    let (own, _) = try PlanNote.plan(PlanNote.step("", front: "timeout: 1m\ncwd: x")) {
      $0.vaultDefaults = defaults(text)
    }
    #expect(own.settings.timeout == .seconds(60) && own.settings.cwd == "x")
  }

  @Test func vaultFileIsNamedByItsProblems() throws {
    let (_, diagnostics) = try PlanNote.plan(PlanNote.step("")) {
      $0.vaultDefaults = defaults("idle: 5s\ntimout: 3m\nparams: [A=1]\nflavour: mint\n")
    }
    #expect(
      diagnostics.map { "\($0.file):\($0.line):\($0.column)" } == [
        ".runbook.yml:2:1", ".runbook.yml:3:1", ".runbook.yml:4:1",
      ])
    #expect(diagnostics.allSatisfy { $0.severity == .error && $0.fix != nil })
    for text in ["a: b\n---\nc: d\n", "[1", "- a\n"] {
      let (_, diagnostics) = try PlanNote.plan(PlanNote.step("")) {
        $0.vaultDefaults = defaults(text)
      }
      #expect(
        !diagnostics.isEmpty && diagnostics.allSatisfy { $0.file == ".runbook.yml" }, "\(text)")
    }
    let (_, empty) = try PlanNote.plan(PlanNote.step("")) { $0.vaultDefaults = defaults("") }
    #expect(empty.isEmpty)
  }

  @Test func settingsKnowParameters() throws {
    let front = "params: [SERVER=web1, LIMIT=2m]\nhost: $SERVER\ntimeout: $LIMIT"
    let (plan, diagnostics) = try PlanNote.plan(PlanNote.step("", front: front))
    #expect(diagnostics.isEmpty)
    #expect(plan.steps[0].blocks[0].options.host == "web1")
    #expect(plan.steps[0].blocks[0].options.timeout == .seconds(120))
    #expect(try PlanNote.messages(PlanNote.step("", front: "host: $NOBODY")).count == 1)
  }

  // MARK: Steps

  @Test func editsElsewhereKeepIdentity() throws {
    let before = "# A\n\n- [ ] One #tag\n- [ ] Two ^two\n- [ ] Three\n"
    let after = """
      intro
      # A

      text
      1. [ ] Zero
      2. [x] One 📅 2026-01-01 [took:: 1s] · [at:: 10:00:00]

      * [ ] Three {timeout=3s} [owner:: Ana]
      * [ ] Renamed ^two

      """
    let first = try PlanNote.plan(before).plan.steps.map(\.id.text)
    let second = try PlanNote.plan(after).plan.steps.map(\.id.text)
    #expect(first == ["A/One", "^two", "A/Three"])
    #expect(Set(first).isSubset(of: second))
  }

  @Test func digestIsOfWhatExecutes() throws {
    func digest(_ text: String) throws -> String { try PlanNote.plan(text).plan.digest }
    let note = "- [ ] Go\n  ```bash\n  true\n  ```\n"
    let same = [
      "- [x] Go\n  ```bash\n  true\n  ```\n", "Prose.\n\n" + note, note + "\nMore prose.\n",
      "- [ ] Renamed #tag\n  ```bash\n  true\n  ```\n",
    ]
    for text in same { #expect(try digest(text) == digest(note), "\(text)") }
    let other = [
      "- [ ] Go\n  ```bash\n  false\n  ```\n", "- [ ] Go\n  ```sh\n  true\n  ```\n",
      "- [ ] Go\n  ```bash {timeout=1s}\n  true\n  ```\n", "---\nparams: [A=1]\n---\n" + note,
      "---\nhost: web\n---\n" + note, note + note.replacing("Go", with: "Again"),
    ]
    for text in other { #expect(try digest(text) != digest(note), "\(text)") }
  }

  @Test func ticksOfARunAreNoTicksByHand() throws {
    let note = """
      - [x] Ours [took:: 12.4s] · [at:: 14:02:11]
      - [x] His
      - [x] His before [result:: by hand] · [at:: 14:02:11]
      - [-] Cancelled
      - [X] His own field [at:: Paris]
      """
    let (plan, diagnostics) = try PlanNote.plan(note)
    #expect(diagnostics.isEmpty)
    #expect(plan.steps.map(\.isByHand) == [false, true, true, true, true])
  }

  @Test func sectionsOfTheNote() throws {
    let note = "## A\n\n- [ ] One\n\n### Rollback\n\n- [ ] Back\n\n## B\n\n- [ ] Two\n"
    #expect(try PlanNote.plan(note) { $0.section = "B" }.plan.steps.map(\.title) == ["Two"])
    #expect(try PlanNote.messages(note) { $0.section = "A" }.count == 1)
    #expect(try PlanNote.messages(note) { $0.section = "Rollback" } == [])
    #expect(try PlanNote.messages(note) { $0.section = "C" }.count == 1)
    let empty = "---\nsteps:\n---\n- [ ] One\n"
    #expect(try PlanNote.plan(empty).plan.steps.count == 1)
  }

  // MARK: Selection

  private static let five = """
    - [ ] Build ^build
      ```bash {capture=REV}
      git rev-parse HEAD
      ```
    - [ ] Parent
      - [ ] Child one
      - [ ] Child two
    - [ ] Use it
      ```bash
      echo $REV
      ```
    """

  private func excluded(_ configure: (inout PlanRequest) -> Void) throws -> [String] {
    let (plan, diagnostics) = try PlanNote.plan(Self.five, configure)
    #expect(diagnostics.map(\.message) == [])
    return plan.steps.filter { $0.exclusion != nil }.map(\.number)
  }

  @Test func selectors() throws {
    #expect(try excluded { $0.choices.skip = ["2.1"] } == ["2.1"])
    #expect(try excluded { $0.choices.skip = ["parent"] } == ["2", "2.1", "2.2"])
    #expect(try excluded { $0.choices.only = ["Child two"] } == ["1", "2.1", "3"])
    #expect(try excluded { $0.choices.only = ["build", "3"] } == ["2", "2.1", "2.2"])
  }

  @Test func aValueThatIsNeededMustBeCaptured() throws {
    #expect(try PlanNote.messages(Self.five) { $0.choices.from = "Use" }.count == 1)
    #expect(try PlanNote.messages(Self.five) { $0.choices.skip = ["^build"] }.count == 1)
    #expect(try PlanNote.messages(Self.five) { $0.choices.only = ["2"] } == [])
  }

  @Test func unclearSelectorsAreRefused() throws {
    #expect(try PlanNote.messages(Self.five) { $0.choices.skip = ["Child"] }.count == 1)
    let (_, diagnostics) = try PlanNote.plan(Self.five) { $0.choices.skip = ["Biuld"] }
    #expect(diagnostics.map(\.fix) == ["did you mean “build”?"])
  }

  // MARK: Size

  /// Ten times the steps take about ten times as long: a square would take a hundred times.
  @Test func timeIsLinear() throws {
    func note(_ count: Int) throws -> Note {
      let steps = (0..<count).map {
        "- [ ] Step \($0) #tag {timeout=\($0 % 90 + 1)s} ^id-\($0)\n  ```bash {capture=V\($0)}\n"
          + "  echo $A \($0)\n  ```\n  ```bash {rollback}\n  true\n  ```\n"
      }
      return try Note(Array(("# All\n\n" + steps.joined()).utf8))
    }
    func time(_ note: Note) -> Duration {
      var request = PlanRequest(file: "a.md", title: "a")
      request.choices.skip = ["1"]
      return ThreadTime.measure { _ = Planner.plan(note, request) }
    }
    let (small, large) = try (note(200), note(2_000))
    _ = time(small)
    var ratio = Double.infinity
    for _ in 0..<3 where ratio >= 30 { ratio = min(ratio, time(large) / time(small)) }
    #expect(ratio < 30, "ten times the steps took \(ratio) times as long")
  }
}
