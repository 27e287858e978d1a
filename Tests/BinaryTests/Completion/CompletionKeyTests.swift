import Foundation
import Testing

/// A Tab in real shells, in a real terminal.
@Suite(.paced, .enabled(if: Tmux.isThere, "tmux is not on this machine"))
struct CompletionKeyTests {
  private static let note = """
    - [ ] Build it ^build
    - [ ] Publish: the façade, 2 of 3
    - [ ] $(touch pwned)

    """

  private static func isThere(_ shell: String) -> Bool {
    ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)")
    }
  }

  /// - Parameter start: what starts the shell with the script.
  private func tryOut(
    _ shell: String, scriptName: String? = nil, start: (CompletionScript) throws -> String
  ) async throws {
    let runbook = try RunbookBinary()
    try runbook.write("site.md", Self.note)
    let script = try await CompletionScript(for: shell, runbook, name: scriptName)
    let tmux = try await Tmux(runbook, environment: script.environment)
    tmux.type("clear; \(try start(script))\n")
    try await tmux.wait { $0.hasSuffix("READY>") }

    for (typed, shown) in [
      ("runbook ex", "READY> runbook exec"), ("si", "exec site.md"),
      ("--from bu", "exec site.md --from build"), ("--skip Pub", "façade"),
    ] {
      tmux.type(typed)
      tmux.press("Tab")
      try await tmux.wait(for: shown)
    }
    tmux.type("--skip 3")
    tmux.press("Tab")
    tmux.type(" --dry-run")
    tmux.press("Enter")
    // It is quoted as that shell wants it.
    let screen = try await tmux.wait(for: "left out: --skip")
    #expect(screen.contains("1 of 3 steps to run"))
    let files = try FileManager.default.contentsOfDirectory(atPath: runbook.folder.path)
    #expect(files == ["site.md"])
  }

  @Test func bash() async throws {
    try await tryOut("bash") { "source '\($0.path)'; PS1='READY> '; clear" }
  }

  @Test(.enabled(if: isThere("zsh"), "zsh is not on this machine"))
  func zsh() async throws {
    // Found by its name in a folder of functions, as where it is installed.
    try await tryOut("zsh", scriptName: "_runbook") { script in
      let folder = URL(fileURLWithPath: script.path).deletingLastPathComponent().path
      try script.runbook.write(
        "../scripts/.zshrc",
        """
        PS1='READY> '
        fpath=('\(folder)' $fpath)
        autoload -Uz compinit
        compinit -u -D

        """)
      return "ZDOTDIR='\(folder)' exec zsh -d -i"
    }
  }

  @Test(.enabled(if: isThere("fish"), "fish is not on this machine"))
  func fish() async throws {
    try await tryOut("fish") { script in
      let settings = try script.runbook.write(
        "../scripts/settings.fish",
        """
        source '\(script.path)'
        function fish_greeting; end
        function fish_prompt; echo -n 'READY> '; end

        """)
      return "exec fish --no-config -C 'source \(settings.standardizedFileURL.path)'"
    }
  }
}
