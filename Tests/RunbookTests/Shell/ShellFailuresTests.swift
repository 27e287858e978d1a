import Testing

@testable import Runbook

/// Which of the failures that a shell told of ended the block.
@Suite struct ShellFailuresTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let code: String
    /// Status, line, subshells; as the shell writes them.
    let told: String
    var exit = 1
    let line: Int?
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "a command", code: "a\nfalse\nb\n", told: "1 2 0", line: 2),
    Case(
      name: "in a function", code: "f() {\n  a\n  false\n}\n\nf\n", told: "1 3 0", line: 3),
    Case(
      name: "in a subshell, which bash names by its last line",
      code: "true\n(\n  cd /tmp\n  false\n  true\n)\n", told: "1 4 1\n1 6 0", line: 4),
    Case(
      name: "in a function in a pipe", code: "f() {\n  false\n}\ntrue\nf | cat\n",
      told: "1 2 1\n1 5 0", line: 2),
    Case(
      name: "in a function that a function calls",
      code: "g() {\n  false\n}\nf() {\n  g\n}\nx=$(f)\n", told: "1 2 1\n1 7 0", line: 2),
    Case(
      name: "a value over several lines", code: "x=$(\n  echo a\n  false\n)\necho $x\n",
      told: "1 5 1\n1 4 0", line: 1),
    Case(
      name: "one that was let pass before", code: "echo \"$(false)\"\ntrue\nfalse\n",
      told: "1 1 1\n1 3 0", line: 3),
    Case(
      name: "a command over several lines", code: "true\nls \\\n  -l \\\n  -a\n", told: "2 4 0",
      exit: 2, line: 2),
    Case(
      name: "an end of another status", code: "false\nexit 3\n", told: "1 1 0", exit: 3, line: nil),
    Case(name: "only one that was let pass", code: "f $(false)\n", told: "1 1 1", line: nil),
    Case(
      name: "what is no failure", code: "false\n", told: "x\n1\n1 1 0 0\n-1 1 0\n1 0 0", line: nil),
    Case(name: "what can't be read", code: "if\nfalse\n", told: "1 2 0", line: 2),
  ]

  @Test(arguments: cases) func theInnermostThatIsSure(_ test: Case) {
    let outline = ScriptOutline(Array(test.code.utf8))
    #expect(ShellFailures(test.told).line(endingWith: test.exit, in: outline) == test.line)
  }

  @Test func noMoreThanTheLastAreKept() {
    let failures = ShellFailures((1...1000).map { "1 \($0) 0" }.joined(separator: "\n"))
    #expect(failures.all.count == 20 && failures.all.last?.line == 1000)
  }

  @Test(
    arguments: [
      ("make\n", 2, 1), ("make &&\n  test\n", 2, 1), ("a\nexit 3\n", 3, 2),
      ("a\n[ -f x ] || exit 4\nexit 3\n", 4, 2), ("exit 3\nexit 3\n", 3, nil), ("a\nb\n", 1, nil),
    ] as [(String, Int, Int?)])
  func theOnlyLineThatCanHaveEndedIt(_ code: String, _ exit: Int, _ line: Int?) {
    #expect(ScriptOutline(Array(code.utf8))?.onlyLine(endingWith: exit) == line)
  }
}
