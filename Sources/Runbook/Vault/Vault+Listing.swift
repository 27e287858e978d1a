#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Vault {
  /// The paths of all notes from the root, sorted; see `listing`.
  public func notes() throws -> [String] { try listing().notes }

  /// The notes in a folder and below it, by paths that begin as the folder was written, sorted.
  public static func notes(in folder: String, trust: Trust, withTemplates: Bool = true)
    throws -> [String]
  {
    let vault = try Vault(containing: folder, trust: trust)
    let place = FilePath.relative(try FilePath.real(folder), to: vault.root) ?? ""
    var notes = try vault.listing(of: place).notes
    if !withTemplates {
      let settings = try TemplateSettings(of: vault)
      notes.removeAll { settings.isTemplate($0) }
    }
    let start = place.isEmpty ? 0 : place.count + 1
    return notes.map { FilePath.join(folder, String($0.dropFirst(start))) }
  }

  /// All notes of the vault, or of a folder in it. Dot-folders and dot-files are left out, as Obsidian does; links to
  /// folders are not followed (what they show of the vault is listed at its own place), links to notes are.
  /// - Parameter folder: from the root.
  public func listing(of folder: String = "") throws -> VaultListing {
    var notes: [String] = []
    var unreadable: [SystemError] = []
    var folders = [folder]
    while let current = folders.popLast() {
      let path = current.isEmpty ? root : FilePath.join(root, current)
      guard let stream = opendir(path) else {
        let error = SystemError("opendir", path: path)
        if current == folder { throw error }
        unreadable.append(error)
        continue
      }
      defer { closedir(stream) }
      read(stream, path) { name, isFolder in
        let entry = FilePath.join(current, name)
        if isFolder { folders.append(entry) } else { notes.append(entry) }
      }
    }
    return VaultListing(notes: notes.sorted(), unreadable: unreadable)
  }

  private func read(
    _ stream: FolderStream, _ path: String, _ found: (_ name: String, _ isFolder: Bool) -> Void
  ) {
    for (name, type) in Self.entries(of: stream) where !name.hasPrefix(".") {
      let isLink = type == DT_LNK
      if type == DT_DIR {
        found(name, true)
      } else if NoteName.isNote(name) || type == DT_UNKNOWN {
        let kind = type == DT_REG ? S_IFREG : kind(of: name, in: path, followsLink: isLink)
        if kind == S_IFDIR, !isLink { found(name, true) }
        if kind == S_IFREG, NoteName.isNote(name) { found(name, false) }
      }
    }
  }

  static func entries(of stream: FolderStream) -> [(name: String, type: Int)] {
    var entries: [(name: String, type: Int)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      entries.append((name, Int(entry.pointee.d_type)))
    }
    return entries
  }

  private func kind(of name: String, in folder: String, followsLink: Bool) -> mode_t {
    var status = stat()
    let path = FilePath.join(folder, name)
    let result = followsLink ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status.st_mode & S_IFMT : 0
  }

  #if canImport(Darwin)
    typealias FolderStream = UnsafeMutablePointer<DIR>
  #else
    typealias FolderStream = OpaquePointer
  #endif
}
