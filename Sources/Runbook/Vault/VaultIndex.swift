/// The notes of a vault by name, for links. Built once: a link then costs no look at the disk.
struct VaultIndex: Sendable {
  /// Paths from the root, sorted.
  let paths: [String]
  /// Lower-case file names to indices in `paths`.
  private let byName: [String: [Int]]

  init(paths: [String]) {
    self.paths = paths
    byName = Dictionary(grouping: paths.indices) { FilePath.name(of: paths[$0]).lowercased() }
  }

  /// The notes that a link's path may mean, the one that Obsidian opens first: the very path from the root, else those
  /// whose path ends in it, in the linking note's folder first, then the shortest. Exact case before any.
  /// - Parameters:
  ///   - path: as written, with or without `.md`.
  ///   - folder: the linking note's, from the root; empty for the root.
  func candidates(for path: String, from folder: String) -> [String] {
    let wanted = path.suffix(3).lowercased() == ".md" ? path : path + ".md"
    let lower = wanted.lowercased()
    let name = FilePath.name(of: lower)
    let matching = (byName[name] ?? []).map { paths[$0] }.filter {
      let candidate = $0.lowercased()
      return candidate == lower || candidate.hasSuffix("/" + lower)
    }
    let ranked = matching.map { candidate in
      (
        candidate,
        [
          candidate == wanted ? 0 : 1,
          candidate == wanted || candidate.hasSuffix("/" + wanted) ? 0 : 1,
          candidate.lowercased() == lower ? 0 : 1,
          FilePath.folder(of: candidate) == folder ? 0 : 1,
          candidate.utf8.count,
        ]
      )
    }
    return ranked.sorted { left, right in
      left.1 == right.1 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
    }.map(\.0)
  }

  /// Only one note has the name, in any folder and case.
  func isUnique(_ fileName: String) -> Bool { byName[fileName.lowercased()]?.count ?? 0 <= 1 }
}
