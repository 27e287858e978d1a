import Testing

@testable import Runbook

struct ShellParserTests {
  private func statements(_ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    return try ShellParser.read(bytes).statements.map {
      String(decoding: bytes[$0.range], as: UTF8.self).trimmingSpaces
    }
  }

  /// Each is one statement, whatever is in it.
  @Test(arguments: [
    "a && b ||\n  c", "a | b |\n c", "if a; then\n b\nelif c; then d; else\n e\nfi",
    "for x in a b; do\n c\ndone",
    "for ((i = 0; i < 3; i++)); do echo $i; done", "while read -r x; do\n a\ndone < <(b)",
    "case $x in\n  a|b) c ;;\n  (d) e ;&\n *) ;;\nesac",
    "f() {\n a\n}", "function f {\n a\n}", "f () ( a )", "{ a; b; }", "(a; b)",
    "[[ $x =~ ^(a|b)$ && -n \"$y\" ]]", "((x = 1 + (2)))",
    "a \\\n  b", "x='a\nb'", "x=\"a\n$(b 'c)')\"", "cat <<EOF\n a\nEOF",
    "cat <<-'EOF' | b\n\ta\n\tEOF", "x=(a\n b # c\n)", "declare -A m=([a]=1\n[b]=2)",
    "echo ${x:-\"}\"} ${#x} ${x//\\}/y}", "echo `a \\`b\\``", "a > b 2>&1 < c >> d &> e",
    "echo a#b 'c#d'", "x=$((1 + $(a)))", "echo $( (a) )", "echo \"$( case x in x) y ;; esac )\"",
    "cmd <<A <<B\n1\nA\n2\nB", "x=$(cat <<EOF\n)\nEOF\n)", "echo @(a|b) !(c)", "diff <(a) <(b)",
    "time -p a", "! a", "select x in a; do b; done", "$'a\\'b'", "echo {a,b}",
    "until a; do b; done &",
  ])
  func isOneStatement(_ text: String) throws {
    #expect(try statements(text + "\n") == [text])
    #expect(try statements("before\n\(text)\nafter\n") == ["before", text, "after"])
  }

  @Test func severalOnALine() throws {
    #expect(try statements("a; b & c # d\n# e\nf\n") == ["a;", "b &", "c", "f"])
  }

  @Test func whatIsSetAndUsed() throws {
    let text = """
      a=1 b+=x c[0]=2
      local d; export e=$f
      for g in $h; do read -r i; printf -v j x; done
      ((k += l)); m=$((n++)); : "${o:=p}" '$q' "\\$r" "$s" ${t%$u}
      """
    let parser = try ShellParser.read(Array(text.utf8))
    #expect(
      parser.assignments.map(\.name).sorted() == [
        "a", "b", "c", "d", "e", "g", "i", "j", "k", "m", "n", "o",
      ])
    let used = Set(parser.references.map(\.name))
    #expect(used.isSuperset(of: ["f", "h", "k", "l", "n", "o", "s", "t", "u"]))
    #expect(used.isDisjoint(with: ["q", "r", "p"]))
  }

  @Test func wordsWithoutQuotes() throws {
    let parser = try ShellParser.read(
      Array("x a'b c'\"d\\\"e\"\\ f é\"ü\" \"$g\" $(h) ~ *.i \"j\"$'k'".utf8))
    let words = parser.commands.last?.words.map(\.literal)
    #expect(words == ["x", "ab cd\"e f", "éü", nil, nil, nil, nil, nil])
  }

  /// Any text is read or refused, and quickly.
  @Test func drawnText() {
    var generator = SeededGenerator(SeededGenerator.seed)
    let parts = [
      "a", " ", "\n", ";", "&", "|", "(", ")", "{", "}", "'", "\"", "`", "$", "$(", "${", "((",
      "))", "<<E\n", "E\n", "#", "\\", "if ",
      "then ", "fi", "for x in ", "do ", "done", "case x in ", "esac", ";;", "[[ ", " ]]", "=",
      "x=(", "<", ">", "é", "f() ", "\u{0}", "@(",
    ]
    for _ in 0..<6_000 {
      let text = (0..<generator.below(24)).map { _ in generator.pick(parts) }.joined()
      _ = try? ScriptNote.make(
        Array(text.utf8), ScriptNote.Place(title: "T", script: "s", folder: nil))
    }
  }
}
