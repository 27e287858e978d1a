#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes a git repository merge notes by `runbook merge-file`: a line in `.gitattributes`, which the repository
/// shares, and a setting in its own configuration, which git shares with nobody.
public struct MergeDriver {
  /// Of `.gitattributes`.
  public static let line = "*.md merge=runbook"
  static let command = "runbook merge-file --marker-size %L --path %P %O %A %B"

  /// The folder whose notes are merged; in a repository.
  private let folder: String
  private let environment: [String: String]

  public init(folder: String, environment: [String: String]) {
    self.folder = folder
    self.environment = environment
  }

  /// False also where there is no git.
  public var isInWorkTree: Bool {
    git("rev-parse", "--is-inside-work-tree").map { String(decoding: $0, as: UTF8.self) }
      == "true\n"
  }

  /// - Returns: whether anything had to be done.
  /// - Throws: `GitMerge.Problem` where there is no repository, or notes have another driver.
  public func setUp() throws -> Bool {
    guard isInWorkTree else {
      throw GitMerge.Problem(
        message: "\(folder) is in no git repository", fix: "make one: git init")
    }
    let isNew = try writeAttributes()
    return try configure() || isNew
  }

  private func writeAttributes() throws -> Bool {
    let path = "\(folder)/.gitattributes"
    let old = WholeFile.size(path) == nil ? [] : try WholeFile.read(path)
    let lines = String(decoding: old, as: UTF8.self).split(whereSeparator: \.isNewline)
    if lines.contains(where: { $0.trimmingSpaces == Self.line }) { return false }
    let other = lines.first { line in
      let words = line.split { $0 == " " || $0 == "\t" }
      return words.first == "*.md" && words.contains { $0.hasPrefix("merge") }
    }
    if let other {
      throw GitMerge.Problem(
        message: "\(path) has a merge driver for notes already: \(other)",
        fix: "write there: \(Self.line)")
    }
    let gap = old.isEmpty || old.last == UInt8(ascii: "\n") ? "" : "\n"
    try WholeFile.replace(path, with: old + Array("\(gap)\(Self.line)\n".utf8), mode: 0o644)
    return true
  }

  private func configure() throws -> Bool {
    let settings = [
      ("merge.runbook.name", "runbook: notes without the marks of runs"),
      ("merge.runbook.driver", Self.command),
    ]
    var isNew = false
    for (key, value) in settings {
      let old = git("config", "--local", "--get", key).map { String(decoding: $0, as: UTF8.self) }
      if old?.trimmingPrefix(value) == "\n" { continue }
      guard git("config", "--local", key, value) != nil else {
        throw GitMerge.Problem(
          message: "git config \(key) failed in \(folder)", fix: "is its configuration writable?")
      }
      isNew = true
    }
    return isNew
  }

  private func git(_ arguments: String...) -> [UInt8]? {
    Command.output(
      of: "git", ["-C", folder] + arguments, environment: environment, within: 60)
  }
}
