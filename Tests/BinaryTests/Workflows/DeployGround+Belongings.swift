import Foundation

/// Files, folders, images and containers of whoever owns the server, beside those of deploys.
extension DeployGround {
  /// Names that look like those of runs, and are none.
  private static let folders = [
    "shared-uploads", "v1.1", "20260101", "20260101-120000", "20260101-120000-abcd-mine",
    "my-20260101-120000-abcd", "20260101-120000-ABCD", "two words", "-rf",
  ]
  private static let dumps = [
    "my.dump", "zzz.dump", "20260101-120000-abcd.dump.gz", "20260101.dump", "20260101-120000.dump",
    "before-20260101-120000-abcd.dump", "shop 20260101-120000-abcd.dump", "notes.txt",
  ]
  private static let tags = [
    "1.0.0", "2026", "20260101-120000", "before-christmas", "before-20260101", "latest",
  ]
  /// The last one has a name as a deploy gives it, and was not made by one.
  private static let containers = ["2", "before-christmas", "before-20260101-120000-abcd"]
  /// Runs of long ago, and one that is to come: a clock was wrong.
  private static let runs =
    (1...7).map { "2020010\($0)-120000-000\($0)" } + ["20990101-120000-abcd"]
  private static let run = "[0-9]{8}-[0-9]{6}-[0-9a-f]{4}"

  private func put(_ path: String) throws {
    let file = URL(fileURLWithPath: "\(site)/\(path)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try RunbookBinary.put(Array("\(path)\n".utf8), file.path)
  }

  /// Fills the folders and the engine with what somebody has there.
  func fillWithBelongings() async throws {
    for folder in ["releases", "sources"] {
      for name in Self.folders { try put("\(folder)/\(name)/kept.txt") }
      try put("\(folder)/kept.txt")
    }
    for name in Self.dumps { try put("backups/\(name)") }
    for name in ["current.new", "source.new", "uploads/a.png", ".env"] { try put(name) }
    guard hasEngine else { return }
    let tags = Self.tags.joined(separator: " ")
    let containers = Self.containers.joined(separator: " ")
    // An image of its own: who removes one of its names by force takes the others along.
    try await shell(
      """
      for end in \(containers); do docker create --name \(name)-$end \(ContainerEngine.base) true; done
      docker commit \(name)-2 localhost/\(name):own
      for tag in \(tags); do docker tag localhost/\(name):own localhost/\(name):$tag; done
      """)
  }

  /// Adds what more runs left than are kept, to the belongings.
  func fillWithRemains() async throws {
    for run in Self.runs {
      for folder in ["releases", "sources"] { try put("\(folder)/\(run)/app/old.txt") }
      for end in ["dump", "before-restore.dump"] { try put("backups/\(run).\(end)") }
    }
    guard hasEngine else { return }
    let runs = Self.runs.joined(separator: " ")
    try await shell(
      """
      for run in \(runs); do
        for kind in "" before-; do
          docker tag localhost/\(name):own localhost/\(name):$kind$run
        done
      done
      """)
  }

  /// The names, bytes and identities of all that is no deploy's.
  func belongings() async throws -> String {
    let files = try await shell(
      """
      cd '\(site)'
      find . -printf '%p %y %m %i\\n' |
        grep -vE '^\\./((releases|sources)/\(Self.run)[/ ]|backups/\(Self.run)\\.(before-restore\\.)?(dump|part) )' |
        grep -vE '^\\./(current|source|server\\.log|server\\.pid) |^\\. ' | LC_ALL=C sort
      find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
        grep -vE ' \\./((releases|sources)/\(Self.run)/|backups/\(Self.run)\\.(before-restore\\.)?(dump|part)$|server\\.)'
      """)
    guard hasEngine else { return files }
    let containers = Self.containers.joined(separator: "|")
    return files
      + (try await shell(
        """
        docker images --no-trunc --format '{{.Tag}} {{.ID}}' localhost/\(name) |
          grep -vE '^(before-)?\(Self.run) ' | sort
        docker ps -a --no-trunc --format '{{.Names}} {{.ID}}' --filter 'name=^\(name)-' |
          grep -E '^\(name)-(\(containers)) ' | sort
        """))
  }

  /// The ids of the runs that something is left of: in folders, and of both kinds of images.
  func remains() async throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for folder in ["releases", "sources", "backups"] {
      let names = try? FileManager.default.contentsOfDirectory(atPath: "\(site)/\(folder)")
      let ids = (names ?? []).compactMap {
        $0.wholeMatch(of: /(\d{8}-\d{6}-[0-9a-f]{4})((\.before-restore)?\.dump)?/).map {
          String($0.1)
        }
      }
      found[folder] = Set(ids).sorted()
    }
    guard hasEngine else { return found }
    let tags = try await shell("docker images --format '{{.Tag}}' localhost/\(name)")
      .split(separator: "\n").map(String.init)
    for (kind, place) in [("", "images"), ("before-", "saved")] {
      found[place] = tags.filter { tag in
        tag.hasPrefix(kind) && tag.dropFirst(kind.count).wholeMatch(of: /\d{8}-\d{6}-\w{4}/) != nil
      }.map { String($0.dropFirst(kind.count)) }.sorted()
    }
    return found
  }
}

extension RunbookBinary.Result {
  /// Of the run that it tells of.
  var run: String? { stdout.firstMatch(of: /run (\d+-\d+-[0-9a-f]+)/).map { String($0.1) } }
}
