import Testing

@testable import Runbook

/// Paths of scripts in what interpreters say, as the lines of the note that they are.
@Suite struct ScriptPathsTests {
  private static let here = "/home/ana/my state/runbook/runs/20260821-140210-7f3a/steps/00005-build"
  private static let there =
    "/home/deploy/.local/state/runbook/hosts/20260821-140210-7f3a/00005-build"

  /// The block of `Deploy.md` whose fence opens on line 40.
  private static func block(_ code: String = "one\ntwo\nthree\n") throws -> Block {
    let note =
      String(repeating: "\n", count: 38) + "- [ ] Build\n  ```bash\n"
      + code.split(separator: "\n").map { "  \($0)\n" }.joined() + "  ```\n"
    let plan = try PlanNote.plan(note) { $0.file = "vault/Deploy.md" }.plan
    return try #require(plan.steps.first?.blocks.first)
  }

  private static func shown(_ text: String, folder: String = here) throws -> String {
    let paths = ScriptPaths(try block(), attempt: StepFolder(path: folder))
    return String(decoding: paths.shown(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    // bash, and what it says of functions and here-documents in the same form
    ("PATH: line 3: foo: command not found", "Deploy.md:43: foo: command not found"),
    // a shell counts one line more where the end is missing
    (
      "PATH: line 4: syntax error: unexpected end of file",
      "Deploy.md:43: syntax error: unexpected end of file"
    ),
    // dash, alone and as it speaks of a file that is read
    ("PATH: 2: foo: not found", "Deploy.md:42: foo: not found"),
    ("PATH: 2: PATH: foo: not found", "Deploy.md:42: foo: not found"),
    // busybox
    ("PATH: line 1: foo: not found", "Deploy.md:41: foo: not found"),
    ("PATH: cd: line 1: can't cd to /x", "Deploy.md:41: cd: can't cd to /x"),
    // zsh
    ("PATH:3: command not found: foo", "Deploy.md:43: command not found: foo"),
    ("PATH:cd:1: no such file or directory: /x", "Deploy.md:41: cd: no such file or directory: /x"),
    // ksh
    ("PATH[2]: foo: not found", "Deploy.md:42: foo: not found"),
    // python, node, ruby, perl
    ("  File \"PATH\", line 2, in <module>", "  File \"Deploy.md\", line 42, in <module>"),
    ("    at Object.<anonymous> (PATH:3:7)", "    at Object.<anonymous> (Deploy.md:43:7)"),
    ("PATH:1", "Deploy.md:41"),
    ("PATH:2:in `f': no (RuntimeError)", "Deploy.md:42:in `f': no (RuntimeError)"),
    ("no luck at PATH line 3.", "no luck at Deploy.md line 43."),
    // two of them, and text around them
    ("a PATH:1 b\nPATH: line 2: c\n", "a Deploy.md:41 b\nDeploy.md:42: c\n"),
    // what names no line of it stays
    ("PATH", "PATH"), ("PATH: nothing", "PATH: nothing"),
    ("PATH: line 9: foo", "PATH: line 9: foo"),
    ("PATH:3a", "PATH:3a"), ("PATHS: line 1: foo", "PATHS: line 1: foo"),
    ("/other/00005-build/script: line 1: foo", "/other/00005-build/script: line 1: foo"),
  ]) func aLineOfTheScriptIsOneOfTheNote(_ text: String, _ expected: String) throws {
    for folder in [Self.here, Self.there] {
      let path = folder + "/script"
      #expect(
        try Self.shown(text.replacing("PATH", with: path))
          == expected.replacing("PATH", with: path), "\(folder)")
    }
  }

  @Test func whoeverFollowsABlockKnowsItsScript() throws {
    #expect(
      try Self.shown("\(Self.there)/script: line 1: foo\n", folder: Self.here + "-follower-2")
        == "Deploy.md:41: foo\n")
  }

  /// Cut anywhere, it comes out the same.
  @Test func piecesGiveTheSame() throws {
    let text = Array(
      "a\n\(Self.here)/script: line 3: foo\nsee /etc/passwd: \(Self.there)/script:2: x\r50%\rdone /tmp"
        .utf8)
    let paths = ScriptPaths(try Self.block(), attempt: StepFolder(path: Self.here))
    let expected = paths.shown(text)
    for cut in 0...text.count {
      var stream = ScriptPathStream(paths)
      let pieces = stream.feed(Array(text[..<cut])) + stream.feed(Array(text[cut...]))
      #expect(pieces + stream.finish() == expected, "cut at \(cut)")
    }
  }

  /// A question without a line end is seen before it is answered.
  @Test func whatIsNoPathIsNotHeldBack() throws {
    var stream = ScriptPathStream(
      ScriptPaths(try Self.block(), attempt: StepFolder(path: Self.here)))
    #expect(
      stream.feed(Array("Your name (and/or age)? ".utf8)) == Array("Your name (and/or age)? ".utf8))
  }

  @Test func theTextOfALineIsShort() throws {
    let block = try Self.block(
      "  npm run build \\\n    --all\n" + String(repeating: "x", count: 90))
    let lines = block.lines
    #expect(lines.text(at: NoteLine(file: "Deploy.md", line: 41)) == "npm run build")
    #expect(lines.text(at: NoteLine(file: "Deploy.md", line: 43))?.count == 73)
    #expect(lines.text(at: NoteLine(file: "Deploy.md", line: 44)) == nil)
    #expect(lines.whole == NoteLine(file: "Deploy.md", line: 41, last: 43))
  }
}
