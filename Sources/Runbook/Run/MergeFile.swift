#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One of the files that git hands to a merge driver: its own, which nobody else writes.
public struct MergeFile {
  private let path: String

  public init(path: String) { self.path = path }

  public func read() throws -> [UInt8] {
    let bytes = try WholeFile.read(path, limit: Note.sizeLimit + 1)
    guard bytes.count <= Note.sizeLimit else {
      throw GitMerge.Problem(
        message: "the note is over \(Note.sizeLimit >> 20) MiB",
        fix: "merge it by hand: git checkout --conflict=merge FILE")
    }
    return bytes
  }

  public func write(_ bytes: [UInt8]) throws {
    try WholeFile.replace(path, with: bytes, mode: 0o644)
  }
}
