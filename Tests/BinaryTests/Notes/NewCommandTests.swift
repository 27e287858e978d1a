import Foundation
import Testing

/// `new` and `init`, as somebody new uses them.
@Suite(.paced) struct NewCommandTests {
  private func vault() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    return runbook
  }

  /// No edit is needed from nothing to a run that is ready.
  @Test func fromNothingToADryRun() async throws {
    let runbook = try RunbookBinary()
    let first = try await runbook.run("init")
    #expect(first.status == 0 && first.stderr == "")
    #expect(first.stdout.contains("made  Workflow-Quick.md\n"))
    #expect(try await runbook.run("new", "quick").stdout == "made Quick.md\n")
    let check = try await runbook.run("check", ".")
    #expect(check.status == 0 && check.stdout == "no problem in 21 notes\n")
    for note in ["Quick.md", "Workflow-Quick.md"] {
      let plan = try await runbook.run("exec", "--dry-run", note)
      #expect(plan.status == 0 && plan.stderr == "" && plan.stdout.contains("1  Build locally"))
    }
    let deploy = try await runbook.run("deploy", "--dry-run")
    #expect(deploy.status == 0 && deploy.stdout.hasPrefix("Workflow-Quick\n"))
    #expect(runbook.exists("Runs") && runbook.runs.isEmpty)
  }

  @Test func theFirstRunbookRuns() async throws {
    let runbook = try vault()
    #expect(
      try await runbook.run("new", "First", "Deploys/Mine").stdout == "made Deploys/Mine.md\n")
    let run = try await runbook.run("exec", "Deploys/Mine.md", "--set", "GREETING=bonjour")
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
    let failing = try await runbook.run("exec", "Deploys/Mine.md", "--set", "GREETING=(")
    #expect(failing.status == 0 || failing.status == 3)
  }

  @Test func initOverwritesNothing() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("v/Home.md", "mine\n")
    try runbook.write("v/.obsidian/types.json", "{}\n")
    let result = try await runbook.run("init", "v", "--set", "APP=../../app")
    #expect(result.status == 0)
    #expect(
      result.stdout.contains("left  .obsidian/types.json  (was there, and says something else)\n"))
    #expect(result.stdout.contains("left  Home.md  (was there, and says something else)\n"))
    #expect(try runbook.read("v/Home.md") == "mine\n")
    #expect(try runbook.read("v/.obsidian/types.json") == "{}\n")
    #expect(try runbook.read("v/Workflow-Quick.md").contains("\ncwd: ../../app\n"))
    let nested = try await runbook.run("init", "v/deep")
    #expect(nested.status == 2 && nested.stderr.contains("lies in the vault"))
    let unknown = try await runbook.run("init", "w", "--set", "APPP=x")
    #expect(unknown.status == 2 && unknown.stderr.contains("did you mean APP?"))
    #expect(!runbook.exists("w"))
  }

  @Test func nothingIsOverwritten() async throws {
    let runbook = try vault()
    try runbook.write("First.md", "mine\n")
    let result = try await runbook.run("new", "first")
    #expect(result.status == 2)
    #expect(
      result.stderr
        == "first: error: First.md is there already, and nothing is overwritten\n  fix: name another note\n"
    )
    #expect(try runbook.read("First.md") == "mine\n")
  }

  // MARK: What is embedded

  private static let parts = ["Preflight", "Restart", "Tidy-Up", "Upload-Source", "Verify"]

  @Test(arguments: [("fast", parts), ("incremental", parts), ("full", ["Backup-DB"] + parts)])
  func aWorkflowBringsWhatItEmbeds(_ template: String, _ parts: [String]) async throws {
    let runbook = try vault()
    let made = try await runbook.run("new", template, "Deploys/Mine", "--set", "SERVER=web1")
    #expect(made.status == 0 && made.stderr == "", "\(made.stderr)")
    #expect(
      Set(made.stdout.split(separator: "\n").map(String.init))
        == Set(["made Deploys/Mine.md"] + parts.map { "made Deploys/\($0).md, which it embeds" }))
    let check = try await runbook.run("check", ".")
    #expect(check.status == 0 && check.stdout == "no problem in \(parts.count + 1) notes\n")
    #expect(try runbook.read("Deploys/Restart.md").contains("  - SERVER=web1\n"))
    let plan = try await runbook.run("exec", "Deploys/Mine.md", "--dry-run")
    #expect(plan.status == 0 && plan.stdout.contains("Replace the container"), "\(plan.stderr)")
  }

  @Test func aPartThatIsThereIsLeft() async throws {
    let runbook = try vault()
    try runbook.write("Parts/Restart.md", "- [ ] Restart\n  ```bash\n  true\n  ```\n")
    let made = try await runbook.run("new", "fast", "Deploys/Fast")
    #expect(made.status == 0, "\(made.stderr)")
    #expect(made.stdout.hasSuffix("left Parts/Restart.md, which it embeds, as it is\n"))
    #expect(!runbook.exists("Deploys/Restart.md"))
    let again = try await runbook.run("new", "fast", "Deploys/Second")
    #expect(again.stdout.components(separatedBy: "\n").count { $0.hasPrefix("made ") } == 1)
    #expect(again.stdout.components(separatedBy: "\n").count { $0.hasPrefix("left ") } == 5)
  }

  /// All or nothing.
  @Test func whereOneCantBeMadeNoneIs() async throws {
    let runbook = try vault()
    // Two notes are meant by one link.
    for folder in ["A", "B"] { try runbook.write("\(folder)/Verify.md", "- [ ] Look\n") }
    let ambiguous = try await runbook.run("new", "full", "Deploys/Full")
    #expect(ambiguous.status == 2 && ambiguous.stderr.contains("fits more than one note"))
    #expect(!runbook.exists("Deploys"))
    // One is no note that could run.
    for folder in ["A", "B"] {
      try FileManager.default.removeItem(atPath: runbook.folder.path + "/\(folder)")
    }
    try runbook.write(
      "templates/Mine.md",
      "---\ntemplate_note: Part\n---\n- [ ] Go {timeuot=3s}\n  ```bash\n  true\n  ```\n")
    try runbook.write("templates/Whole.md", "- [ ] ![[Part]]\n- [ ] ![[Verify]]\n")
    let broken = try await runbook.run("new", "whole", "Mine/Whole")
    #expect(broken.status == 2)
    #expect(broken.stderr.contains("Part.md:1:11: error: unknown attribute “timeuot”"))
    #expect(broken.stderr.hasSuffix("Nothing was written.\n"))
    #expect(!runbook.exists("Mine"))
  }

  /// The line that each workflow has as a comment, with a server of this machine in place of the one that it names.
  @Test(.enabled(if: DeployTools.areThere, "there is no node or curl"))
  func theExampleOfNotifyTellsOfARun() async throws {
    let runbook = try vault()
    var lines: Set<String> = []
    for template in ["quick", "fast", "full", "incremental"] {
      #expect(try await runbook.run("new", template, "W-\(template)").status == 0)
      let text = try runbook.read("W-\(template).md")
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("# notify: ") })
      lines.insert(String(line.dropFirst(2)))
    }
    let example = try #require(lines.first)
    #expect(lines.count == 1)
    let port = Int.random(in: 33000...39000)
    let line = example.replacing("https://ntfy.sh/", with: "http://127.0.0.1:\(port)/")
    #expect(line != example)
    try runbook.write(
      "Mine.md",
      """
      ---
      cwd: ../app
      \(line)
      ---
      - [ ] Listen
        ```bash
        node -e '
          const fs = require("fs")
          require("http").createServer((request, response) => {
            let body = ""
            request.on("data", piece => body += piece)
            request.on("end", () => {
              fs.writeFileSync("told", request.url + " " + body)
              response.end()
              process.exit()
            })
          }).listen(\(port), "127.0.0.1", () => fs.writeFileSync("ready", ""))
        ' >/dev/null 2>&1 &
        until [ -e ready ]; do sleep 0.05; done
        ```

      """)
    let run = try await runbook.run("exec", "Mine.md")
    #expect(run.status == 0 && run.stderr == "", "\(run.stdout)\(run.stderr)")
    let told = try String(contentsOf: runbook.app.appendingPathComponent("told"), encoding: .utf8)
    #expect(told == "/your-topic Mine, succeeded")
  }

  /// Obsidian's own folder of templates is asked before anything else.
  @Test func theVaultsOwnTemplatesComeFirst() async throws {
    let runbook = try vault()
    try runbook.write(
      ".obsidian/templates.json", #"{"folder":"Forms","dateFormat":"[the] D","timeFormat":"HH"}"#)
    try runbook.write(
      "Forms/First.md",
      """
      ---
      template_for: our own
      template_vars:
        - WHERE -- the host
      tags: [runbook]
      cwd: ../app
      params:
        - WHERE={{WHERE}}
      ---
      # {{title}} for {{WHERE}}, {{date}}

      - [ ] Go
        ```bash
        echo "$WHERE" > went
        ```

      """)
    let list = try await runbook.run("new", "--list")
    #expect(list.stdout.hasPrefix("First  our own\n    WHERE  the host\nBackup-DB  a shared part"))
    let json = try await runbook.run("new", "--list", "--json")
    #expect(
      json.stdout.contains(#""purpose" : "the host""#)
        && json.stdout.contains(#""for" : "our own""#))

    let missing = try await runbook.run("new", "first", "Mine")
    #expect(missing.status == 2)
    #expect(
      missing.stderr.contains("/Forms/First.md:8:11: error: {{WHERE}} (the host) has no value\n"))
    #expect(missing.stderr.contains("fix: add --set WHERE=…"))
    #expect(!runbook.exists("Mine.md"))

    let made = try await runbook.run(
      "new", "first", "Mine", "--set", "WHERE=web 1: \"$(touch pwned)\"")
    #expect(made.status == 0, "\(made.stderr)")
    let text = try runbook.read("Mine.md")
    #expect(text.contains("# Mine for web 1: \"$(touch pwned)\", the "))
    #expect(!text.contains("template_"))
    let run = try await runbook.run("exec", "Mine.md")
    #expect(run.status == 0)
    let went = try String(contentsOf: runbook.app.appendingPathComponent("went"), encoding: .utf8)
    #expect(went == "web 1: \"$(touch pwned)\"\n")

    // A template is nothing to check or to run.
    let check = try await runbook.run("check", ".")
    #expect(check.status == 0 && check.stdout.hasSuffix("in 1 note\n"), "\(check.stdout)")
    let exec = try await runbook.run("exec", "Forms/First.md")
    #expect(exec.status == 2 && exec.stderr.contains("this note is a template, not a runbook"))
  }

  @Test func aMissingValueIsAskedForInATerminal() async throws {
    try #require(Tmux.isThere)
    let runbook = try vault()
    try runbook.write(
      "templates/Ask.md",
      "---\ntemplate_vars:\n  - HOST -- where it runs\n---\n# {{HOST}}\n\n- [ ] Look\n")
    let terminal = try await Tmux(runbook)
    terminal.type("runbook new ask Asked\n")
    try await terminal.wait(for: "HOST (where it runs):")
    terminal.type("web1\n")
    try await terminal.wait(for: "made Asked.md")
    #expect(try runbook.read("Asked.md") == "# web1\n\n- [ ] Look\n")
  }

  /// What is made passes `check`, or is not made.
  @Test func aNoteThatCouldNotRunIsNotWritten() async throws {
    let runbook = try vault()
    try runbook.write("templates/Bad.md", "- [ ] Go {timeuot={{T}}}\n  ```bash\n  true\n  ```\n")
    let result = try await runbook.run("new", "bad", "Mine", "--set", "T=3s")
    #expect(result.status == 2)
    #expect(result.stderr.contains("Mine.md:1:11: error: unknown attribute “timeuot”"))
    #expect(result.stderr.hasSuffix("Nothing was written.\n"))
    #expect(!runbook.exists("Mine.md"))
  }

  @Test(arguments: [
    (["new"], "name a template"), (["new", "--list", "x"], "--list takes no template"),
    (["new", "x", "--json"], "--json goes with --list"),
    (["new", "firs"], "did you mean First?"), (["new", "first", "a:b"], "fix: name it a b.md"),
    (["new", "first", "N", "--set", "FOLDR=x"], "did you mean FOLDER?"),
    (["new", "first", "N", "--set", "FOLDER"], "write NAME=value"),
    (["new", "first", "N", "--set", "FOLDER=a", "--set", "FOLDER=b"], "is given twice"),
    (["new", "--from", "gone.sh"], "No such file"), (["new", "first", "../../../../../../N"], ""),
  ])
  func isRefused(_ words: [String], _ message: String) async throws {
    let runbook = try vault()
    guard !message.isEmpty else { return }
    let result = try await runbook.run(words)
    #expect(result.status == 2)
    #expect(result.stderr.contains(message), "\(result.stderr)")
    #expect(!runbook.exists("N.md"))
  }
}
