#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Vault {
  /// The note that a link means, by Obsidian's rules: a bare name, the end of a path, a path from the vault's root, or
  /// one that begins with `./` or `../`; with or without `.md`.
  /// - Throws: `VaultProblem` where there is none, or where it lies outside the vault.
  public func resolve(_ link: Link, from note: NoteFile) throws -> ResolvedLink {
    let target = trimmed(link.target)
    guard !target.isEmpty else { return ResolvedLink(note: note, others: []) }
    guard !target.utf8.contains(0) else { throw outside(target) }
    guard !target.hasPrefix("/") else {
      throw VaultProblem(
        "the link “\(target)” is an absolute path",
        fix: "write the path from the vault's root, without the first slash")
    }
    let folder = FilePath.folder(of: relativePath(of: note))
    let parts = target.split(separator: "/").map(String.init)
    if parts.contains("..") || parts.first == "." {
      return try resolve(relative: parts, target, from: folder)
    }
    let index = try cache.value { VaultIndex(paths: try notes()) }
    let candidates = index.candidates(for: parts.joined(separator: "/"), from: folder)
    guard let first = candidates.first else { throw missing(target, among: index) }
    let isExact = FilePath.folder(of: first).isEmpty || parts.count > 1 && isPath(parts, first)
    return ResolvedLink(
      note: try noteInside(first, target), others: isExact ? [] : Array(candidates.dropFirst()))
  }

  /// How a note is linked to: `Quick` where the name is the vault's only one, else `Deploys/Quick`.
  public func linkText(to note: NoteFile) throws -> String {
    let path = relativePath(of: note)
    let index = try cache.value { VaultIndex(paths: try notes()) }
    return NoteName.title(
      of: index.isUnique(FilePath.name(of: path)) ? FilePath.name(of: path) : path)
  }

  private func isPath(_ parts: [String], _ path: String) -> Bool {
    let text = parts.joined(separator: "/").lowercased()
    return path.lowercased() == text || path.lowercased() == text + ".md"
  }

  private func resolve(
    relative parts: [String], _ target: String, from folder: String
  ) throws -> ResolvedLink {
    var path = folder.split(separator: "/").map(String.init)
    for part in parts where part != "." {
      guard part == ".." else {
        path.append(part)
        continue
      }
      guard path.popLast() != nil else { throw outside(target) }
    }
    let joined = path.joined(separator: "/")
    let wanted = joined.suffix(3).lowercased() == ".md" ? joined : joined + ".md"
    let index = try cache.value { VaultIndex(paths: try notes()) }
    let candidates = index.candidates(for: wanted, from: "")
    let found = candidates.first { $0.lowercased() == wanted.lowercased() }
    guard let found else { throw missing(target, among: index) }
    return ResolvedLink(note: try noteInside(found, target), others: [])
  }

  /// A link on disk may lead out of the vault although its name lies in it.
  private func noteInside(_ path: String, _ target: String) throws -> NoteFile {
    let note = try NoteFile(path: FilePath.join(root, path))
    guard holds(note) else { throw outside(target) }
    return note
  }

  private func outside(_ target: String) -> VaultProblem {
    VaultProblem(
      "the link “\(target)” leads out of the vault \(root)",
      fix: "put the note into the vault, or name another")
  }

  private func missing(_ target: String, among index: VaultIndex) -> VaultProblem {
    let wanted = NoteName.title(of: FilePath.name(of: target))
    let names = index.paths.map { NoteName.title(of: FilePath.name(of: $0)) }
    let nearest = Spelling.nearest(
      to: wanted, among: names, atMost: max(1, wanted.count / 3), ignoringCase: true)
    return VaultProblem(
      "no note “\(target)” in the vault \(root)",
      fix: nearest.map { "did you mean [[\($0)]]?" } ?? "create it, or correct the link")
  }

  private func trimmed(_ text: String) -> String {
    var part = text[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
