import Foundation
import Testing

/// Links between pages, and to files of the package, lead somewhere.
@Suite(.paced) struct DocLinkTests {
  @Test(arguments: DocPage.names + ["demo/README.md"])
  func linksResolve(_ name: String) throws {
    let page = try DocPage(name)
    for (number, text) in page.prose {
      for link in text.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^()\s]+)\)/) {
        let target = String(link.1)
        guard !target.contains("://") else { continue }
        #expect(try leadsSomewhere(target, from: page), "\(name):\(number): \(target)")
      }
    }
  }

  /// Paths in code spans, as in the map of the sources.
  @Test(arguments: DocPage.names)
  func pathsExist(_ name: String) throws {
    for (number, text) in try DocPage(name).prose {
      for path in text.matches(of: /`((?:Sources|Tests|docs|scripts|vault|demo)\/[A-Za-z\/.+-]+)`/)
      {
        let file = DocPage.root.appendingPathComponent(String(path.1)).path
        #expect(FileManager.default.fileExists(atPath: file), "\(name):\(number): \(path.1)")
      }
    }
  }

  private func leadsSomewhere(_ target: String, from page: DocPage) throws -> Bool {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var goal = page
    if !parts[0].isEmpty {
      let folder = URL(fileURLWithPath: page.name, relativeTo: DocPage.root)
        .deletingLastPathComponent()
      let file = folder.appendingPathComponent(String(parts[0])).standardizedFileURL
      guard FileManager.default.fileExists(atPath: file.path) else { return false }
      guard parts.count > 1 else { return true }
      goal = try DocPage(String(file.path.dropFirst(DocPage.root.path.count + 1)))
    }
    return parts.count < 2 || goal.anchors.contains(String(parts[1]))
  }
}
