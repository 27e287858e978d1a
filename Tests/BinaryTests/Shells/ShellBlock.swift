/// Blocks as people write them, most of which fail somewhere.
struct ShellBlock: Sendable {
  let name: String
  let code: String

  static let all: [ShellBlock] = [
    // Where it stands.
    ShellBlock(name: "the first command", code: "false\necho on"),
    ShellBlock(name: "one in the middle", code: "echo a\nfalse\necho on"),
    ShellBlock(name: "the last command", code: "echo a\nfalse"),
    ShellBlock(name: "an unknown command", code: "echo a\nno-such-command --x\necho on"),
    ShellBlock(name: "over several lines", code: "ls /no/such \\\n  -l \\\n  -a\necho on"),
    ShellBlock(name: "behind a here-document", code: "cat <<EOF\none\nEOF\nfalse\necho on"),
    ShellBlock(name: "by its own status", code: "echo a\nexit 3"),
    ShellBlock(name: "a line that can't be read", code: "echo a\nif true; then\n  echo b"),
    // Pipes.
    ShellBlock(name: "in front of a pipe", code: "false | cat\necho on"),
    ShellBlock(name: "within a pipe", code: "echo a | grep b | cat\necho on"),
    ShellBlock(name: "behind a pipe", code: "echo a |\n  grep b\necho on"),
    ShellBlock(name: "a pipe that is closed", code: "yes | head -n 1\necho on"),
    // Groups, functions and values.
    ShellBlock(name: "in a subshell", code: "(\n  cd /\n  false\n  echo on\n)\necho on"),
    ShellBlock(name: "in a group", code: "{\n  true\n  false\n}\necho on"),
    ShellBlock(
      name: "in a function", code: "build() {\n  true\n  false\n  echo on\n}\n\nbuild\necho on"),
    ShellBlock(
      name: "in a function of a function",
      code: "compile() {\n  false\n}\nbuild() {\n  compile\n  echo on\n}\nbuild\necho on"),
    ShellBlock(
      name: "in a function in a pipe",
      code: "build() {\n  false\n  echo on\n}\nbuild | cat\necho on"),
    ShellBlock(name: "in a value", code: "x=$(false)\necho on"),
    ShellBlock(
      name: "in a function for a value",
      code: "build() {\n  false\n  echo on\n}\nx=$(build)\necho on"),
    ShellBlock(
      name: "in a local value", code: "build() {\n  local x=$(false)\n  echo on\n}\nbuild"),
    ShellBlock(name: "in an exported value", code: "export X=$(false)\necho on"),
    ShellBlock(name: "in a word", code: "echo \"$(false)\"\necho on"),
    ShellBlock(name: "in a here-document", code: "cat <<EOF\n$(false)\nEOF\necho on"),
    // Conditions.
    ShellBlock(name: "an if that says no", code: "if false; then echo yes; fi\necho on"),
    ShellBlock(name: "in an if", code: "if true; then\n  false\nfi\necho on"),
    ShellBlock(name: "in an else", code: "if false; then\n  true\nelse\n  false\nfi\necho on"),
    ShellBlock(name: "in a case", code: "case a in\n  a)\n    false\n    ;;\nesac\necho on"),
    ShellBlock(name: "in front of &&", code: "true && false && echo yes\necho on"),
    ShellBlock(name: "behind &&", code: "true && false\necho on"),
    ShellBlock(name: "in front of ||", code: "false || echo instead\necho on"),
    ShellBlock(name: "behind ||", code: "false || false\necho on"),
    ShellBlock(name: "behind !", code: "! true\necho on"),
    ShellBlock(
      name: "a function in an if",
      code: "build() {\n  false\n  echo on\n}\nif build; then echo yes; fi"),
    // Loops.
    ShellBlock(
      name: "in a for loop", code: "for i in 1 2; do\n  test $i = 1\n  echo $i\ndone\necho on"),
    ShellBlock(name: "in a while loop", code: "while true; do\n  false\ndone\necho on"),
    ShellBlock(
      name: "in a loop behind a pipe",
      code: "printf '1\\n2\\n' | while read -r n; do\n  test \"$n\" = 1\ndone\necho on"),
    // What runs beside it.
    ShellBlock(name: "in the background", code: "false &\nwait\necho on"),
    ShellBlock(name: "waited for", code: "false &\nwait $!\necho on"),
    // What people forget.
    ShellBlock(name: "a name that is not set", code: "echo a\necho \"$NO_SUCH_NAME\"\necho on"),
    ShellBlock(name: "a name that may be missing", code: "echo \"${NO_SUCH_NAME:-}\"\necho on"),
    ShellBlock(name: "a folder that is missing", code: "cd /no/such\necho on"),
    ShellBlock(name: "a file that can't be written", code: "echo a > /no/such/file\necho on"),
    ShellBlock(name: "read at the end", code: "read -r line\necho on"),
    ShellBlock(name: "nothing found", code: "echo a\ngrep b /dev/null\necho on"),
    ShellBlock(name: "with a way out", code: "trap 'echo bye' EXIT\nfalse\necho on"),
    ShellBlock(name: "in an eval", code: "eval 'false'\necho on"),
    ShellBlock(name: "that goes on", code: "set +e\nfalse\necho on"),
  ]

  /// What only bash and zsh have.
  static let more: [ShellBlock] = [
    ShellBlock(name: "a count from 0", code: "i=0\n((i++))\necho on"),
    ShellBlock(name: "a test", code: "[[ a == b ]]\necho on"),
  ]
}
