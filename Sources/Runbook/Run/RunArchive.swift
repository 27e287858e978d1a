#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The runs that this machine remembers.
public struct RunArchive {
  public struct Problem: Error, Equatable {
    public let message: String
    public let fix: String
  }

  private let state: StateFolder

  public init(_ state: StateFolder) { self.state = state }

  /// All runs, the latest last.
  public func ids() -> [RunID] {
    guard let stream = opendir(state.runs) else { return [] }
    defer { closedir(stream) }
    return Vault.entries(of: stream).compactMap { RunID($0.name) }.sorted { $0.text < $1.text }
  }

  /// The run of that id, or of that end of an id; the latest where none is named.
  public func find(_ name: String?) throws(Problem) -> StoredRun {
    let ids = ids()
    guard let latest = ids.last else {
      throw Problem(message: "no run is remembered here", fix: "run a note: runbook exec NOTE.md")
    }
    guard let name else { return try StoredRun(folder: folder(latest), id: latest) }
    let found = ids.filter { $0.text == name || $0.text.hasSuffix(name) }
    guard let id = found.first else {
      throw Problem(message: "there is no run “\(name)”", fix: "the latest is \(latest.short)")
    }
    guard found.count == 1 else {
      throw Problem(
        message: "“\(name)” fits more than one run: "
          + found.map(\.text).joined(separator: ", "), fix: "give the whole id")
    }
    return try StoredRun(folder: folder(id), id: id)
  }

  private func folder(_ id: RunID) -> RunFolder { RunFolder(path: "\(state.runs)/\(id.text)") }
}
