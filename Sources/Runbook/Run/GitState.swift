/// What git says of a folder.
public enum GitState {
  /// The commit that is checked out; nil where there is no repository, no git, or no answer within two seconds.
  public static func commit(of folder: String, environment: [String: String]) -> Commit? {
    guard
      let output = Command.output(
        of: "git",
        ["-C", folder, "status", "--porcelain=v2", "--branch", "--untracked-files=no"],
        environment: environment, within: 10)
    else { return nil }
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    let prefix = "# branch.oid "
    guard let line = lines.first(where: { $0.hasPrefix(prefix) }) else { return nil }
    let id = line.dropFirst(prefix.count)
    // A repository without a commit says `(initial)`.
    guard id.count >= 7, id.allSatisfy(\.isHexDigit) else { return nil }
    return Commit(id: String(id.prefix(7)), isDirty: lines.contains { !$0.hasPrefix("#") })
  }
}
