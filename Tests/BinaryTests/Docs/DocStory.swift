import Foundation
import TestSupport
import Testing

/// Plays a page from top to bottom in a scratch folder, as a reader would: notes are written and checked,
/// commands are run, results are looked at.
struct DocStory {
  let page: DocPage
  let runbook: RunbookBinary
  /// Notes that no command of the page has run yet, with the status to end with.
  private var waiting: [(name: String, status: Int)] = []
  /// What `$?` is for the next command.
  private var lastStatus = 0
  /// The ids that runs have now, by those that they have on the page: a reader types what he sees.
  private var ids: [String: String] = [:]
  /// Fences whose text is not what the program says.
  private(set) var stale: [(fence: DocFence, text: String)] = []
  /// All that was compared, so that a page that is written again tells of the same runs throughout.
  private(set) var said: [(fence: DocFence, text: String)] = []

  init(_ page: DocPage) throws {
    self.page = page
    runbook = try RunbookBinary()
  }

  mutating func play() async throws {
    for fence in page.fences {
      switch fence.use {
      case .note(let name, let status): try await write(fence, name, status)
      case .result(let name): try compare(fence, try runbook.read(name))
      case .console: try await type(fence)
      case .unclear(let problem): Issue.record("\(place(fence)): \(problem)")
      case .excerpt, .other: break
      }
    }
    for (name, status) in waiting {
      let result = try await runbook.run("exec", name, "--yes")
      #expect(
        result.status == status, "\(page.name), \(name): \(result.stdout)\(result.stderr)")
    }
  }

  private func place(_ fence: DocFence) -> String { "\(page.name):\(fence.content.lowerBound)" }

  private mutating func write(_ fence: DocFence, _ name: String, _ status: Int) async throws {
    try runbook.write(name, fence.text)
    let result = try await runbook.run("check", name)
    #expect(result.stdout == "no problem in 1 note\n", "\(place(fence)): \(result.stdout)")
    waiting.removeAll { $0.name == name }
    waiting.append((name, status))
  }

  private mutating func type(_ fence: DocFence) async throws {
    var transcript = DocTranscript(fence.text)
    for index in transcript.entries.indices {
      var command = transcript.entries[index].command
      for (old, new) in ids { command.replace(" \(old) ", with: " \(new) ") }
      let shown = transcript.entries[index].output
      transcript.entries[index].command = command
      transcript.entries[index].output = try await shell(command)
      learnIDs(from: shown, transcript.entries[index].output)
      waiting.removeAll { command.contains("exec \($0.name)") }
    }
    try compare(fence, transcript.text)
  }

  private mutating func learnIDs(from shown: String, _ said: String) {
    func names(_ text: String) -> [String] {
      text.matches(of: /(?:\d{8}-\d{6}-|\brun |runbook [a-z]+ )([0-9a-f]{4})\b/).map {
        String($0.output.1)
      }
    }
    let (old, new) = (names(shown), names(said))
    guard old.count == new.count else { return }
    for (old, new) in zip(old, new) { ids[old] = new }
  }

  private mutating func compare(_ fence: DocFence, _ text: String) throws {
    let text = try DocText.publishable(text, scratch: runbook.folder.path)
    said.append((fence, text))
    guard try DocText.comparable(text) != DocText.comparable(fence.text) else { return }
    stale.append((fence, text))
  }

  /// Standard output and standard error of a command line, as a terminal shows them.
  private mutating func shell(_ command: String) async throws -> String {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    var variables = runbook.environment
    variables["PATH"] = "\(products):\(variables["PATH"] ?? "/usr/bin:/bin")"
    let result = try await StartedProgram.run(
      ["/bin/sh", "-c", "exec 2>&1; (exit \(lastStatus))\n\(command)"], environment: variables,
      folder: runbook.folder.path)
    lastStatus = result.status
    return result.stdout
  }
}
