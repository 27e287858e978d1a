import Testing

@testable import Runbook

/// What `check` says of blocks that can't work in a run.
@Suite struct ShellCheckTests {
  private static func said(
    _ code: String, _ attributes: String = "", front: String = "params: [RELEASE=r1]"
  ) throws -> [String] {
    let body = code.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  \($0)\n" }.joined()
    let note = "---\n\(front)\n---\n- [ ] Go\n  ```bash \(attributes)\n\(body)  ```\n"
    let (_, problems) = try PlanNote.plan(note) { $0.environment = ["CI": "1", "PATH": "/bin"] }
    // Each is at the word that it is about.
    for problem in problems { #expect(problem.length > 0 && problem.line > 5, "\(problem)") }
    return problems.map(\.message)
  }

  static let told: [(String, String)] = [
    ("read -p 'Sure? ' answer", "`read -p` asks in the terminal, which the block does not have"),
    (
      "true && read -rp 'Sure? ' answer",
      "`read -p` asks in the terminal, which the block does not have"
    ),
    (
      "sudo systemctl restart app",
      "sudo may ask for a password in the terminal, which the block does not have"
    ),
    ("ssh web1", "ssh without a command reads from the terminal, which the block does not have"),
    (
      "ssh -p 22 -i key ana@web1",
      "ssh without a command reads from the terminal, which the block does not have"
    ),
    ("tail -f app.log", "`tail -f app.log` never ends by itself"),
    ("tail -n 5 -F app.log", "`tail -n 5 -F` never ends by itself"),
    ("docker compose logs -f", "`docker compose logs -f` never ends by itself"),
    ("docker logs --follow app", "`docker logs --follow app` never ends by itself"),
    ("kubectl logs -f deploy/app", "`kubectl logs -f deploy/app` never ends by itself"),
    ("journalctl -fu app", "`journalctl -fu app` never ends by itself"),
    ("watch docker ps", "watch never ends by itself"),
    ("echo \"$RELESE\"", "nothing defines $RELESE"),
    ("rm -rf \"${TARGET}/x\"", "nothing defines $TARGET"),
    ("cat <<EOF\n$NAME\nEOF", "nothing defines $NAME"),
    ("echo ${#NAME} ${NAME%.txt}", "nothing defines $NAME"),
    (
      "f() {\n  local x=$(make)\n}\nf",
      "a failure of this $(…) is lost: `local` has succeeded all the same"
    ),
    (
      "export V=\"$(git describe)\"",
      "a failure of this $(…) is lost: `export` has succeeded all the same"
    ),
  ]

  @Test(arguments: told) func isTold(_ code: String, _ message: String) throws {
    #expect(try Self.said(code) == [message])
  }

  @Test(arguments: [
    "read -r line < file", "while read -r line; do echo \"$line\"; done < file",
    "echo y | read -p x answer || true", "sudo -n systemctl restart app", "sudo -S true < pw",
    "echo pw | sudo -S true", "ssh web1 uptime", "ssh -N -L 1:a:2 web1", "ssh -fN web1",
    "ssh web1 <<EOF\nuptime\nEOF", "tail -n 5 app.log", "tail -f app.log &\nsleep 1",
    "tail -f app.log | grep -q ready", "timeout 5 tail -f app.log", "tail --pid=1 -f app.log",
    "docker logs app", "docker rm -f logs", "journalctl -n 20", "echo watch",
    "echo \"$RELEASE $CI $HOME $RANDOM $RUNBOOK_RUN $? $# $0\"",
    "echo \"${X:-} ${Y-} ${Z:=1} ${W:+a}\"",
    "X=1\necho $X", "case ${X:-} in a) true ;; *) echo \"$X\" ;; esac",
    "for i in a b; do echo $i; done", "read -r A B < f\necho $A $B",
    "mapfile -t lines < f\necho \"${lines[@]}\"", "f() {\n  local x\n  x=1\n  echo $x\n}\nf",
    "declare -A m\nm[a]=1\necho \"${m[a]}\"", "source env.sh\necho $FROM_THERE",
    ". ./env\necho $FROM_THERE",
    "eval \"$(ssh-agent)\"\necho $SSH_AGENT_PID", "echo '$NOT_ME' \\$NOR_ME",
    "cat <<'EOF'\n$NOR_ME\nEOF",
    "printf -v now '%s' x\necho $now", "echo \"${ARR[@]:-}\"", "((n = 1))\necho $n",
    "awk '{print $NF}' file", "export V\nV=$(git describe)\nexport W=$(date)",
    "export PATH=\"$HOME/bin:$PATH\"",
    "while getopts ab opt; do echo $opt; done", "select x in a b; do echo $x; done",
    "# read -p and sudo, tail -f $NOBODY", "local_x=$(git describe)",
    "if [ -n \"${CI:-}\" ]; then true; fi",
    "echo \"unfinished $NOBODY",
  ]) func isFine(_ code: String) throws {
    #expect(try Self.said(code) == [])
  }

  @Test func whatTheBlockSaysCounts() throws {
    #expect(try Self.said("read -p 'Sure? ' x\nsudo true", "{interactive}") == [])
    #expect(try Self.said("tail -f log", "{timeout=5s}") == [])
    #expect(try Self.said("tail -f log", "{idle=5s}") == [])
    #expect(try Self.said("echo $NOBODY", "{strict=false}") == [])
    #expect(try Self.said("local x=$(make)", "{strict=false}") == [])
    // What a login elsewhere gives is not known here, but a slip is.
    #expect(try Self.said("echo $NOBODY", "{host=web1}") == [])
    #expect(try Self.said("echo $RELESE", "{host=web1}") == ["nothing defines $RELESE"])
    // The limit of all blocks is no limit of this one.
    #expect(
      try Self.said("tail -f log", front: "timeout: 5s") == ["`tail -f log` never ends by itself"])
  }

  @Test func capturedValuesAreKnown() throws {
    let note = """
      - [ ] A
        ```bash {capture=BUILT}
        date
        ```
        ```bash
        echo "$BUILT"
        ```

      """
    #expect(try PlanNote.messages(note) == [])
  }

  @Test func theCaretIsAtTheWord() throws {
    let (_, problems) = try PlanNote.plan(
      "> - [ ] Go\n>   ```bash\n>   true\n>     echo \"$NOBODY\"\n>   ```\n")
    #expect(
      problems.map(\.text) == [
        """
        note.md:4:13: warning: nothing defines $NOBODY
          4 | >     echo "$NOBODY"
            |             ^~~~~~~
          fix: add NOBODY to params; where it may be missing, write ${NOBODY:-}

        """
      ])
  }

  /// Of thousands of blocks most are never parsed.
  @Test func whatHasNothingToFindIsNotRead() {
    let plain = Array("set -x\nnpm ci && npm run build -- --out \"$RELEASE\"\n".utf8)
    #expect(!ShellWords.mayMatter(in: plain) { $0 == "RELEASE" })
    #expect(ShellWords.mayMatter(in: plain) { _ in false })
    #expect(ShellWords.mayMatter(in: Array("sudo true".utf8)) { _ in true })
  }
}
