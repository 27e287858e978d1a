import Testing

@testable import Runbook

/// What comes with an embedded note, and what is the outer note's.
@Suite struct EmbedContextTests {
  @Test func attributesOfTheItemAreDefaultsOfItsBlocks() throws {
    let vault = try EmbedVault([
      "Deploy": "---\nparams: [SERVER=prod]\n---\n- [ ] ![[A]] {host=$SERVER timeout=5s}\n"
        + EmbedVault.step("After"),
      "A": "---\ntimeout: 1h\n---\n" + EmbedVault.step("One")
        + EmbedVault.step("Two", "{host=localhost timeout=7s}") + "- [ ] ![[B]] {timeout=6s}\n",
      "B": EmbedVault.step("Three"),
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    let blocks = plan.steps.flatMap(\.blocks)
    #expect(blocks.map(\.options.host) == ["prod", "localhost", "prod", nil])
    #expect(blocks.map(\.options.timeout.seconds) == [5, 7, 6, 600])
    #expect(blocks[0].attributes == ["host": "$SERVER", "timeout": "5s"])
  }

  @Test func howItsBlocksRunIsItsOwn() throws {
    let vault = try EmbedVault([
      "Deploy": "---\ntimeout: 1m\ngrace: 3s\nshell: bash -u\ncwd: app\n---\n- [ ] ![[A]]\n"
        + EmbedVault.step("After"),
      "A": "---\ntimeout: 2m\nidle: 9s\non_error: stop\non_timeout: extend\nshell: bash -eu\n"
        + "cwd: ../elsewhere\nlock: a\nnotify: mail\nrecord: none\nlog_lines: 1\n---\n"
        + EmbedVault.step("In"),
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.map(\.severity) == [.warning, .warning], "cwd and lock")
    let options = plan.steps.flatMap(\.blocks).map(\.options)
    #expect(options.map(\.timeout.seconds) == [120, 60])
    #expect(options.map(\.grace) == [3, 3])
    #expect(options.map(\.idle.seconds) == [9, nil])
    #expect(options.map(\.onError) == [.stop, .rollback])
    #expect(options.map(\.onTimeout) == [.extend, nil])
    #expect(
      plan.steps.flatMap(\.blocks).map(\.interpreter.arguments) == [["-eu"], ["-u"]])
    #expect(plan.settings.cwd == "app" && plan.settings.lock == nil)
    #expect(plan.settings.notify == nil && plan.settings.record == .both)
    #expect(plan.settings.logLines == 20)
  }

  @Test(arguments: [
    ("", "", 1), ("{host=localhost}", "", 0), ("{host=db1}", "", 0), ("", "host: db1", 0),
    ("", "host: web", 1), ("{hosts=all}", "", 0),
  ])
  func anotherHostMustBeSaid(attributes: String, front: String, count: Int) throws {
    let vault = try EmbedVault([
      "Deploy": "---\ninventory: hosts\n\(front)\n---\n- [ ] ![[A]] \(attributes)\n",
      "A": "---\nhost: db1\n---\n" + EmbedVault.step("In"),
    ])
    #expect(try vault.errors().count == count)
  }

  /// Folders are compared by where they are, not by how they are written.
  @Test(arguments: [
    ("cwd: app", "cwd: ../app", 0), ("cwd: ./app/", "cwd: ../app", 0), ("", "cwd: ..", 0),
    ("cwd: app", "cwd: app", 1), ("cwd: /srv", "cwd: /srv", 0), ("cwd: /srv", "cwd: app", 1),
    ("cwd: $PLACE", "cwd: $PLACE", 0), ("cwd: app", "", 0),
  ])
  func anotherFolderIsSaid(outer: String, inner: String, count: Int) throws {
    let vault = try EmbedVault([
      "Deploy": "---\n\(outer)\nparams: [PLACE=x]\n---\n- [ ] ![[A]]\n",
      "Parts/A": "---\n\(inner)\n---\n" + EmbedVault.step("In"),
    ])
    let (_, diagnostics) = try vault.plan()
    #expect(diagnostics.count == count, "\(diagnostics.map(\.text))")
  }

  // MARK: Parameters

  @Test func theOuterParametersWin() throws {
    let vault = try EmbedVault([
      "Deploy": "---\nparams: [A=outer]\n---\n- [ ] ![[One]]\n",
      "One": "---\nparams: [A=one, B=one]\n---\n- [ ] ![[Two]]\n",
      "Two": "---\nparams: [A=two, B=two, C=two]\nsecrets: [LOGIN]\n---\n"
        + EmbedVault.step("In", "{host=$C}"),
    ])
    let (plan, diagnostics) = try vault.plan { $0.environment = ["LOGIN": "x"] }
    #expect(diagnostics.isEmpty)
    #expect(plan.parameters.map(\.name) == ["A", "B", "C", "LOGIN"])
    #expect(plan.parameters.map(\.value) == ["outer", "one", "two", "x"])
    #expect(plan.parameters.map(\.isSecret) == [false, false, false, true])
    let (set, none) = try vault.plan { $0.assignments = [.init(name: "C", value: "set")] }
    #expect(none.isEmpty)
    #expect(set.steps.flatMap(\.blocks).map(\.options.host) == ["set"])
  }

  @Test func aParameterThatMustBeGivenIsToldInItsNote() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n", "A": "---\nparams: [NEEDED]\n---\n- [ ] x\n",
    ])
    let (_, diagnostics) = try vault.plan()
    #expect(diagnostics.map(\.message) == ["the parameter NEEDED has no value"])
    #expect(diagnostics.first?.file == vault.folder.path("A.md"))
    #expect(diagnostics.first?.line == 2)
    #expect(try vault.errors { $0.environment = ["NEEDED": "1"] } == [])
  }

  @Test func embeddedNotesMustAgree() throws {
    func errors(_ outer: String, _ one: String, _ two: String) throws -> Int {
      try EmbedVault([
        "Deploy": "---\n\(outer)\n---\n- [ ] ![[A]]\n- [ ] ![[B]]\n",
        "A": "---\nparams: [\(one)]\n---\n- [ ] x\n", "B": "---\nparams: [\(two)]\n---\n- [ ] x\n",
      ]).errors { $0.isChecking = true }.count
    }
    #expect(try errors("", "KEEP=1", "KEEP=1") == 0)
    #expect(try errors("", "KEEP=1", "KEEP=2") == 1)
    #expect(try errors("", "KEEP=1", "KEEP") == 1)
    #expect(try errors("params: [KEEP=3]", "KEEP=1", "KEEP=2") == 0)
  }

  /// What one note calls a secret is one in all.
  @Test func secretsAreSecretEverywhere() throws {
    let vault = try EmbedVault([
      "Deploy": "---\nparams: [LOGIN=abc]\n---\n- [ ] ![[A]]\n",
      "A": "---\nsecrets: [LOGIN]\n---\n- [ ] x\n",
    ])
    #expect(try vault.errors() == ["LOGIN is a secret and must not stand in the note"])
  }

  @Test func capturedValuesAreShared() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n" + EmbedVault.step("After", "{if=FOUND cwd=$FOUND}"),
      "A": EmbedVault.step("In", "{capture=FOUND}", code: "pwd"),
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(diagnostics.isEmpty)
    #expect(plan.captureNames == ["FOUND"])
    #expect(try vault.errors { $0.choices.only = ["After"] }.count == 1)
  }

  // MARK: Boxes

  @Test func theItemsBoxCoversItsSteps() throws {
    let vault = try EmbedVault([
      "Deploy": "- [x] ![[A]]\n- [-] ![[A]] ^again\n", "A": EmbedVault.step("In"),
    ])
    #expect(try vault.plan().plan.steps.map(\.isByHand) == [true, true, true, true])
  }

  @Test func boxesInTheEmbeddedNoteDoNotCount() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[A]]\n",
      "A": "- [x] By hand\n- [-] Not wanted\n- [x] By a run [took:: 1s] · [at:: 10:00:00]\n",
    ])
    let (plan, diagnostics) = try vault.plan()
    #expect(plan.steps.allSatisfy { $0.exclusion == nil })
    #expect(diagnostics.map(\.severity) == [.warning, .warning])
    #expect(diagnostics.map(\.line) == [1, 2])
  }

  // MARK: Naming steps

  @Test(arguments: [
    ("1", ["1", "1.1", "1.2"]), ("1.2", ["1", "1.2"]), ("dump", ["1", "1.1"]),
    ("^dump", ["1", "1.1"]), ("Check it", ["1", "1.2"]), ("Backup › Check it", ["1", "1.2"]),
    ("Backup", ["1", "1.1", "1.2"]),
  ])
  func stepsAreChosenByName(name: String, numbers: [String]) throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[Backup]]\n" + EmbedVault.step("After"),
      "Backup": EmbedVault.step("Make a copy ^dump") + EmbedVault.step("Check it"),
    ])
    let (plan, diagnostics) = try vault.plan { $0.choices.only = [name] }
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    #expect(plan.steps.filter { $0.exclusion == nil }.map(\.number) == numbers)
    let skipping = try vault.plan { $0.choices.skip = ["1.1"] }.plan
    #expect(skipping.steps.filter { $0.exclusion != nil }.map(\.number) == ["1.1"])
    let from = try vault.plan { $0.choices.from = "1.2" }.plan
    #expect(from.steps.filter { $0.exclusion != nil }.map(\.number) == ["1.1"])
  }

  // MARK: The digest

  @Test func theDigestCoversWhatCanExecute() throws {
    func digest(_ text: String, _ item: String = "- [ ] ![[A]]\n") throws -> String {
      try EmbedVault(["Deploy": item, "A": text]).plan().plan.digest
    }
    let base = try digest(EmbedVault.step("In"))
    #expect(try digest("prose\n\n" + EmbedVault.step("In").replacing("[ ]", with: "[x]")) == base)
    #expect(try digest(EmbedVault.step("In", "", code: "false")) != base)
    #expect(try digest(EmbedVault.step("In", "{timeout=3s}")) != base)
    #expect(try digest("---\nparams: [A=1]\n---\n" + EmbedVault.step("In")) != base)
    #expect(try digest("---\nshell: bash -e\n---\n" + EmbedVault.step("In")) != base)
    #expect(try digest(EmbedVault.step("In"), "- [ ] ![[A]] {host=b}\n") != base)
  }
}
