import Foundation
import Testing

/// The guide in the vault, played from top to bottom in a vault that `init` made, as a reader would.
@Suite(.paced) struct GuideTests {
  @Test(arguments: DocPage.guide)
  func pageIsWhatTheProgramSays(_ name: String) async throws {
    let page = try DocPage(name)
    var story = try DocStory(page)
    let made = try await story.runbook.run("init")
    #expect(made.status == 0, "\(made.stderr)")
    let inVault = String(name.dropFirst("vault/".count))
    #expect(try story.runbook.read(inVault) == page.lines.joined(separator: "\n"), "make embed")
    try await story.play()
    try DocExampleTests.judge(story)
    try everyBlockHasRun(of: page, in: story.runbook)
  }

  /// A record holds the exact text of each block that ran.
  private func everyBlockHasRun(of page: DocPage, in runbook: RunbookBinary) throws {
    let folder = runbook.folder.appendingPathComponent("Runs")
    let ran = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { try runbook.read("Runs/\($0)") }.joined()
    var isCode = false
    for line in page.lines where line.hasPrefix("  ") {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("```") {
        isCode.toggle()
      } else if isCode {
        #expect(ran.contains(text), "\(page.name): this has not run: \(text)")
      }
    }
  }

  @Test func nothingIsWrongWithIt() async throws {
    let runbook = try RunbookBinary()
    #expect(try await runbook.run("init").status == 0)
    let check = try await runbook.run("check", ".")
    #expect(check.status == 0 && check.stdout.hasPrefix("no problem in "), "\(check.stdout)")
    for name in DocPage.guide + ["vault/Home.md", "vault/Modes.md"] {
      for link in try DocPage(name).prose.flatMap({ $0.text.matches(of: /\[\[([\w-]+)\]\]/) }) {
        let isThere = ["\(link.1).md", "Guide/\(link.1).md"].contains { runbook.exists($0) }
        // The comparison names workflows that a vault may not have.
        #expect(isThere || link.1.hasPrefix("Workflow-"), "\(name): \(link.0)")
      }
    }
  }

  /// From the first page every other can be reached.
  @Test func theFirstPageNamesAll() throws {
    let first = try DocPage("vault/Guide/Guide.md").lines.joined()
    for name in DocPage.guide where !name.hasSuffix("/Guide.md") {
      #expect(first.contains("[[\(name.dropFirst("vault/Guide/".count).dropLast(3))]]"), "\(name)")
    }
  }
}
