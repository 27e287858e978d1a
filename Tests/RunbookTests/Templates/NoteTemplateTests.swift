import TestSupport
import Testing

@testable import Runbook

struct NoteTemplateTests {
  private func template(_ text: String) throws -> NoteTemplate {
    try NoteTemplate(name: "T", TrustedFile(own: Array(text.utf8), path: "T.md"))
  }

  private func filled(
    _ text: String, _ values: [String: String] = [:], title: String = "My note"
  ) throws -> String {
    var fill = TemplateFill(title: title, moment: CalendarMoment(2026, 8, 21, 14, 2))
    fill.values = values
    return String(decoding: try template(text).filled(fill), as: UTF8.self)
  }

  // MARK: What is filled in

  @Test(arguments: [
    ("# {{title}}\n", "# My note\n"),
    ("{{ Title }} {{DATE}} {{time}}\n", "My note 2026-08-21 14:02\n"),
    ("{{date:D MMMM [{x}]}}\n", "{{date:D MMMM [{x}]}}\n"), ("{{time:HH.mm}}\n", "14.02\n"),
    (
      "docker ps --format '{{.Names}}' {{ .State }} {{#if x}} {{json .}}\n",
      "docker ps --format '{{.Names}}' {{ .State }} {{#if x}} {{json .}}\n"
    ),
    ("\\{{NAME}} and {{{{NAME}}\n", "{{NAME}} and {{web\n"), ("{{{NAME}}}\n", "{web}\n"),
    ("a\r\n{{NAME}}\r\nb", "a\r\nweb\r\nb"), ("\u{FEFF}{{NAME}}", "\u{FEFF}web"),
    ("{{NAME\n}}", "{{NAME\n}}"),
  ])
  func placeholders(_ text: String, _ expected: String) throws {
    #expect(try filled(text, ["NAME": "web"]) == expected)
  }

  @Test func whatTellsOfTheTemplateGoes() throws {
    let text = """
      ---
      template_for: a test
      template_vars:
        - HOST=web -- where it runs
        - PORT -- the port
      tags: [runbook]
      # a comment
      params:
        - HOST={{HOST}}
        - PORT={{PORT}}
      template_note: X
      ---
      # {{title}}

      """
    let made = try template(text)
    #expect(made.purpose == "a test")
    #expect(made.initialNote == "X")
    #expect(made.variables.map(\.name) == ["HOST", "PORT"])
    #expect(made.variables.map(\.purpose) == ["where it runs", "the port"])
    #expect(
      try filled(text, ["PORT": "80"])
        == "---\ntags: [runbook]\n# a comment\nparams:\n  - HOST=web\n  - PORT=80\n---\n# My note\n"
    )
  }

  @Test func frontMatterOfWhichNothingIsLeftGoesWhole() throws {
    #expect(try filled("---\ntemplate_for: x\n---\n# {{title}}\n") == "# My note\n")
    #expect(try filled("---\ntemplate_for: x\n# mine\n---\na\n") == "---\n# mine\n---\na\n")
  }

  // MARK: Properties

  @Test(arguments: [
    ("10m", "cwd: 10m"), ("../a b", "cwd: ../a b"), ("a: b", "cwd: \"a: b\""),
    ("a #b", "cwd: \"a #b\""),
    ("", "cwd: \"\""), ("- x", "cwd: \"- x\""), ("[x]", "cwd: \"[x]\""), ("\"", "cwd: \"\\\"\""),
    ("*a", "cwd: \"*a\""),
    ("@x", "cwd: \"@x\""), ("a\\b", "cwd: \"a\\\\b\""), ("été", "cwd: \"été\""),
    (" x", "cwd: \" x\""),
    ("{{NAME}}", "cwd: \"{{NAME}}\""), ("'x'", "cwd: \"'x'\""), ("---", "cwd: \"---\""),
    ("!x", "cwd: \"!x\""),
  ])
  func aValueInAProperty(_ value: String, _ line: String) throws {
    for written in ["{{DIR}}", "\"{{DIR}}\"", "'{{DIR}}'"] {
      let made = try filled("---\ntags: [runbook]\ncwd: \(written)\n---\n", ["DIR": value])
      let note = try Note(Array(made.utf8))
      #expect(note.frontMatter?.entries.count == 2)
      guard case .scalar(let text, _) = note.frontMatter?.entries.last?.value else {
        Issue.record("\(made)")
        continue
      }
      #expect(text == value)
      if written == "{{DIR}}" { #expect(made.contains("\n\(line)\n")) }
    }
  }

  @Test func valuesInListsAndBlocks() throws {
    #expect(
      try filled("---\ntags: [runbook, {{A}}]\n---\n", ["A": "x, y"])
        == "---\ntags: [runbook, \"x, y\"]\n---\n")
    #expect(
      try filled("---\na: |\n  {{A}}: b\n---\n", ["A": "k: v"]) == "---\na: |\n  k: v: b\n---\n")
    #expect(throws: NoteProblem.self) { try filled("---\n{{A}}: b\n---\n", ["A": "x: y"]) }
  }

  // MARK: What a value must not become

  private static let steps = """
    - [ ] Do {{A}} {timeout=1m}
      ```bash
      echo {{B}}
      ```

    {{C}}

    """

  @Test(arguments: [
    ("A", "x {rollback}"), ("A", "![[Other]]"), ("A", "x ^id"), ("A", "#tag"), ("A", "[at:: x]"),
    ("A", "a`b"),
    ("B", "$(id)"), ("B", "a b"), ("B", "x;y"), ("B", "-rf"), ("B", ""), ("B", "~"), ("B", "*"),
    ("B", "```"), ("B", "é"),
    ("C", "- [ ] x"), ("C", "# x"), ("C", "```bash"), ("C", "    x"), ("C", "---"), ("C", "<!--"),
    ("C", "> x"),
    ("C", "a\nb"), ("C", "<% x %>"), ("C", "%%"), ("C", "$$"), ("C", "1. x"), ("C", "\u{7}"),
    ("C", ""), ("C", "<div>"),
  ])
  func isRefused(_ name: String, _ value: String) {
    var values = ["A": "a", "B": "b", "C": "c"]
    values[name] = value
    #expect(throws: NoteProblem.self, "\(name) = \(value)") { try filled(Self.steps, values) }
  }

  @Test func harmlessValuesStand() throws {
    let made = try filled(
      Self.steps,
      [
        "A": "it: for Ana’s app, v1.2", "B": "web-1.example.com:80/x",
        "C": "Any *text* of `it` [[Home]]",
      ])
    #expect(made.contains("- [ ] Do it: for Ana’s app, v1.2 {timeout=1m}\n"))
    #expect(made.contains("echo web-1.example.com:80/x\n"))
    #expect(made.contains("\nAny *text* of `it` [[Home]]\n"))
  }

  /// Whatever is filled in, the note has the steps and blocks of the template, or there is none.
  @Test func drawnValues() throws {
    var generator = SeededGenerator(SeededGenerator.seed)
    let signs =
      Array("ab $`'\"{}[]()#-*>!|:;&<%~^\\/.\t=x1é—\u{200B}").map(String.init) + [
        "- [ ] ", "```", "{{A}}", "$(", ": ", " #",
      ]
    let text = "---\ntags: [runbook]\ncwd: {{C}}\nparams:\n  - X={{B}}\n---\n" + Self.steps
    var made = 0
    for _ in 0..<(LongForm.isWanted ? 4_000 : 800) {
      var values: [String: String] = [:]
      for name in ["A", "B", "C"] {
        values[name] = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          signs.randomElement(using: &generator) ?? ""
        }.joined()
      }
      guard let note = (try? filled(text, values)).flatMap({ try? Note(Array($0.utf8)) }) else {
        continue
      }
      made += 1
      #expect(note.tasks.count == 1 && note.fences.count == 1 && note.problems.isEmpty)
      #expect(note.fences.first?.code == Array("echo \(values["B"] ?? "")\n".utf8))
      #expect(note.frontMatter?.entries.map(\.key) == ["tags", "cwd", "params"])
    }
    #expect(made > 10)
  }

  // MARK: Mistakes of templates

  @Test(arguments: [
    ("{{NAME}}\n", "{{NAME}} has no value"), ("{{NAME:x}}\n", "{{NAME}} takes no format"),
    ("{{date:ww}}\n", "“ww” is no part of a date that can be written"),
    ("<% tp.file.title %>\n", "a command of Templater, which can't be run here"),
    ("---\ntemplate_var: [A]\n---\n{{A}}\n", "“template_var” looks like “template_vars”"),
    ("---\ntemplate_vars: [A]\n---\n\n", "nothing in the template uses {{A}}"),
    ("---\ntemplate_vars: [A, A]\n---\n{{A}}\n", "{{A}} is declared twice"),
    (
      "---\ntemplate_vars: [date=1]\n---\n\n",
      "a variable must be NAME or NAME=default, and what it is behind --"
    ),
    (
      "---\ntemplate_vars: [\"A={{B}}\"]\n---\n{{A}}{{B}}\n",
      "what tells of the template can't be filled in itself"
    ),
    ("---\ntemplate_for: [a]\n---\n\n", "“template_for” must be one text"),
  ])
  func aMistake(_ text: String, _ message: String) {
    let problem = #expect(throws: NoteProblem.self) { try filled(text) }
    #expect(problem?.message == message)
  }

  @Test func aProblemHasItsPlaceInTheTemplate() {
    let text = "---\na: {{X}}\n---\n# {{title}}\n\n{{LONG_NAME}} and {{B}}\n"
    let problem = #expect(throws: NoteProblem.self) {
      try filled(text, ["X": "1", "LONG_NAME": "y"])
    }
    let bytes = Array(text.utf8)
    #expect(problem.map { String(decoding: bytes[$0.range], as: UTF8.self) } == "{{B}}")
  }
}
