import Testing

@testable import Runbook

/// What holds commands and is no shell script is refused with what it is, and how a block can call it.
struct ForeignFileTests {
  private func problem(_ name: String, _ text: String) -> NoteProblem? {
    do throws(NoteProblem) {
      _ = try ScriptNote.make(
        Array(text.utf8), ScriptNote.Place(title: "T", script: name, folder: nil))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("Makefile", "deploy:\n\tapp deploy\nrelease: deploy\n\tapp release\n", "a Makefile"),
    ("rules.mk", "X := 1\n", "a Makefile"),
    ("build", ".PHONY: all\nall: one\n\tcc one.c\n", "a Makefile"),
    ("build", "one two:\n\tcc $@\n", "a Makefile"),
    ("build", "deploy:\n\t@echo $(X)\n\t$(if $(A),b,c)\n", "a Makefile"),
    ("justfile", "deploy:\n  app deploy\n", "a justfile"),
    ("tasks", "deploy env='x':\n  app deploy\ntest:\n  app test\n", "a justfile"),
    ("Taskfile.yml", "version: \"3\"\ntasks:\n  deploy:\n    cmds: [x]\n", "a Taskfile"),
    ("tasks", "version: \"3\"\ntasks:\n  deploy:\n    cmds: [x]\n", "a Taskfile"),
    ("ci.yml", "on: push\njobs:\n  a:\n    steps: []\n", "a workflow of a CI service"),
    ("ci", "name: d\non: push\njobs:\n  a:\n    runs-on: x\n", "a workflow of a CI service"),
    (".gitlab-ci.yml", "build:\n  script: [make]\n", "a pipeline of a CI service"),
    ("compose.yaml", "services:\n  web:\n    image: x\n", "a Compose file"),
    ("play.yml", "- hosts: web\n  tasks: []\n", "an Ansible playbook"),
    ("package.json", "{\"scripts\": {}}\n", "a JSON file"),
    ("data", "{\"scripts\": {}}\n", "a JSON file"),
    ("Dockerfile", "FROM debian\n", "a Dockerfile"),
    ("deploy.py", "import os\n", "a Python program"),
    ("page", "<html>\n</html>\n", "a markup file"),
    ("deploy", "a\0b\n", "no text at all"),
    ("deploy.sh", "\u{0}e\u{0}c\u{0}h\u{0}o\u{0} \u{0}a\u{0}\n", "UTF-16 text"),
  ])
  func isNamed(_ name: String, _ text: String, _ what: String) {
    #expect(problem(name, text)?.message == "“\(name)” is \(what), and no shell script")
  }

  @Test(arguments: [
    ("Makefile", "deploy: x\n\tapp\nx:\n\tapp\n", "`make deploy`, `make x`"),
    (
      "Taskfile.yml", "version: 3\ntasks:\n  up:\n    cmds: [x]\n  down:\n    cmds: [y]\n",
      "`task up`, `task down`"
    ),
    ("play.yml", "- hosts: web\n  tasks: []\n", "`ansible-playbook play.yml`"),
  ])
  func canBeCalled(_ name: String, _ text: String, _ calls: String) {
    #expect(problem(name, text)?.fix?.hasSuffix(": \(calls)") == true)
  }

  /// What only looks like one of them.
  @Test(arguments: [
    ("deploy.sh", "cat > Makefile <<EOF\nall:\n\tcc\nEOF\nmake all\n"),
    ("deploy", "cat > ci.yml <<EOF\non: push\njobs:\n  a: b\nEOF\ngit push\n"),
    ("deploy", "{ echo a; }\n"),
    ("deploy", ": > log\necho \"note: done\"\n"),
    ("deploy.yml", "#!/bin/sh\necho a\n"),
    ("deploy", "scp a host:\nrsync -a a/ host:\n"),
    ("deploy", "case $1 in\n  a:) echo a ;;\nesac\n"),
  ])
  func isAScript(_ name: String, _ text: String) {
    #expect(problem(name, text)?.message == nil)
  }
}
