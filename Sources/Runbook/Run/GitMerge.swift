#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Git's merge of three texts, by `git merge-file`, and how a repository comes to call ours for notes.
public enum GitMerge {
  public struct Problem: Error, Equatable {
    public let message: String
    public let fix: String
  }

  /// The merged text, with conflict markers where both sides changed the same lines.
  ///
  /// - Parameter labels: what the markers call ours, base and theirs.
  public static func merge(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], labels: [String], markerSize: Int,
    environment: [String: String]
  ) throws -> (bytes: [UInt8], hasConflict: Bool) {
    let scratch = try scratchFolder(environment["TMPDIR"] ?? "/tmp")
    let files = ["ours", "base", "theirs"].map { "\(scratch)/\($0)" }
    defer {
      for file in files { unlink(file) }
      rmdir(scratch)
    }
    for (file, bytes) in zip(files, [ours, base, theirs]) {
      try WholeFile.write(bytes, to: file, mode: 0o600)
    }
    // The result stands in the first file; the status tells conflicts, so that any but 0 has to be looked at.
    let names = labels.flatMap { ["-L", $0] }
    let isClean =
      Command.output(
        of: "git", ["merge-file", "--quiet", "--marker-size=\(markerSize)"] + names + files,
        environment: environment, within: 60) != nil
    let bytes = try WholeFile.read(files[0])
    // With a conflict git leaves its markers; without them it did not run.
    guard isClean || bytes.firstRange(of: marker(markerSize)) != nil else {
      throw Problem(
        message: "git merge-file failed", fix: "see whether git is installed: git --version")
    }
    return (bytes, !isClean)
  }

  private static func marker(_ size: Int) -> [UInt8] {
    Array((String(repeating: "<", count: size) + " ").utf8)
  }

  private static func scratchFolder(_ parent: String) throws -> String {
    var template = Array("\(parent)/runbook-merge-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", path: parent) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
