import Foundation
import Testing

/// Every note, every command and every result that the documentation shows is real.
///
/// `RUNBOOK_RECORD=1` writes what the program says into the pages, where they say otherwise.
@Suite(.paced) struct DocExampleTests {
  @Test(arguments: DocPage.names)
  func pageIsWhatTheProgramSays(_ name: String) async throws {
    var story = try DocStory(DocPage(name))
    try await story.play()
    try Self.judge(story)
  }

  /// What the program says is what the page shows, or is written into it.
  static func judge(_ story: DocStory) throws {
    let page = story.page
    if ProcessInfo.processInfo.environment["RUNBOOK_RECORD"] == "1" {
      guard !story.stale.isEmpty else { return }
      let text = page.replacing(story.said)
      try Data(text.utf8).write(to: DocPage.root.appendingPathComponent(page.name))
      return
    }
    for (fence, text) in story.stale {
      let shown = try DocText.comparable(fence.text)
      let said = try DocText.comparable(text)
      Issue.record(
        """
        \(page.name):\(fence.content.lowerBound) shows
        \(shown)
        but the program says
        \(said)
        """)
    }
  }

  /// What a reader is told to type must be there.
  @Test(arguments: DocPage.names)
  func makeTargetsExist(_ name: String) throws {
    let makefile = DocPage.root.appendingPathComponent("Makefile")
    let targets = String(decoding: try Data(contentsOf: makefile), as: UTF8.self)
      .split(separator: "\n").compactMap { $0.firstMatch(of: /^([a-z-]+):/)?.1 }
    let page = try DocPage(name)
    let commands =
      page.lines.filter { $0.hasPrefix("make ") }
      + page.prose.flatMap { $0.text.matches(of: /`(make [^`]*)`/).map { String($0.1) } }
    for command in commands {
      guard let target = command.firstMatch(of: /make ([a-z-]+)/)?.1 else { continue }
      #expect(targets.contains(target), "\(name): \(command)")
    }
  }
}
