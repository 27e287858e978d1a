import Testing

@testable import Runbook

struct BoxedNoteTests {
  private func boxed(_ text: String, folder: String? = nil) throws -> (
    text: String, notices: [String]
  ) {
    let made = try BoxedNote.make(Array(text.utf8), file: "R.md", folder: folder)
    let (_, diagnostics) = Planner.plan(try Note(made.bytes), PlanRequest(file: "T.md", title: "T"))
    #expect(diagnostics.map(\.text) == [])
    return (
      String(decoding: made.bytes, as: UTF8.self), made.notices.map { "\($0.line) \($0.message)" }
    )
  }

  private func body(_ text: String) throws -> String {
    let made = try boxed(text).text
    #expect(made.hasPrefix("---\ntags: [runbook]\n---\n\n"))
    return String(made.dropFirst(25))
  }

  @Test(arguments: [
    ("# Build\n\n```sh\nmake\n```\n", "# Build\n\n- [ ] Build\n  ```sh\n  make\n  ```\n"),
    (
      "Now test it:\n~~~ bash\n\n\ta\n~~~\ntext\n",
      "Now test it:\n- [ ] Now test it\n  ~~~ bash\n\n  \ta\n  ~~~\ntext\n"
    ),
    ("```sh {name=run-it}\nx\n```\n", "- [ ] Run it\n  ```sh {name=run-it}\n  x\n  ```\n"),
    (
      "# A\n```sh\nset -e\nmake a\n```\n```sh\n# c\nmake b\n```\n",
      "# A\n- [ ] A\n  ```sh\n  set -e\n  make a\n  ```\n- [ ] Make b\n  ```sh\n  # c\n  make b\n  ```\n"
    ),
    ("* one\n  ```sh\n  x\n  ```\n* two\n", "* [ ] one\n  ```sh\n  x\n  ```\n* two\n"),
    (
      "1. a\n   1. b\n\n      ```sh\n      x\n      ```\n",
      "1. a\n   1. [ ] b\n\n      ```sh\n      x\n      ```\n"
    ),
    ("```sh\nx", "- [ ] X\n  ```sh\n  x\n  ```"),
    ("a\r\n```sh\r\nx\r\n```\r\n", "a\r\n- [ ] X\r\n  ```sh\r\n  x\r\n  ```\r\n"),
  ])
  func getsBoxes(_ text: String, _ expected: String) throws {
    guard !text.contains("\r") else {
      let eol = try boxed(text).text
      #expect(eol == "---\r\ntags: [runbook]\r\n---\r\n\r\n" + expected)
      return
    }
    #expect(try body(text) == expected)
  }

  @Test(arguments: [
    ("## Undo\n```sh\nx\n```\n", "“Undo” tells how to go back"),
    ("> ```sh\n> x\n> ```\n", "a block inside a quote"),
    ("```sh\n$ x\n```\n", "lines that begin with “$ ”"),
    ("```\nx\n```\n", "a fence without a language"),
    ("```console\nx\n```\n", "“console” does not run"),
    ("```sh {background=true}\nx\n```\n", "“background” means something else"),
    ("```sh\ncd x\n```\n", "`cd` counts in this block only"),
    ("```sh\nexport A=1\n```\n", "variables set here"),
    ("- [ ] Look\n", "a box that was there already"),
    ("```sh title=x\nx\n```\n", "kept as text"),
    ("- ```sh\n  x\n  ```\n", "the list item has no text"),
  ])
  func pointsOut(_ text: String, _ notice: String) throws {
    let made = try boxed("```sh\ntrue\n```\n\n" + text)
    #expect(made.notices.count == 1, "\(made.notices)")
    #expect(made.notices.first?.contains(notice) == true, "\(made.notices)")
    #expect(made.text.contains("\n## To look at\n\n- Line "))
  }

  @Test func frontMatterIsKept() throws {
    let block = "```sh\nx\n```\n"
    #expect(
      try boxed("---\ntitle: x\n---\n" + block, folder: "../app").text.hasPrefix(
        "---\ntitle: x\ntags: [runbook]\ncwd: ../app\n---\n"))
    #expect(
      try boxed("---\ntags: runbook\ncwd: x\n---\n" + block, folder: "y").text.hasPrefix(
        "---\ntags: runbook\ncwd: x\n---\n"))
    let flow = try boxed("---\n{a: b}\n---\n" + block)
    #expect(flow.notices == ["1 add to the front matter: tags: [runbook]"])
  }

  @Test func aNoteWithNothingToRunIsRefused() {
    #expect(throws: NoteProblem.self) {
      try BoxedNote.make(Array("# Hello\n\n```ini\na=b\n```\n".utf8), file: "R.md", folder: nil)
    }
  }
}
