#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes a folder a vault with the shipped workflows in it. What is there already is left as it is.
public struct VaultSetup {
  /// Absolute, links followed.
  public let root: String
  private let trust: Trust
  /// What was done, in order.
  public internal(set) var report: [Entry] = []

  public struct Entry: Sendable, Equatable {
    /// From the root; a folder's ends in `/`.
    public let path: String
    public let outcome: Outcome
  }

  public enum Outcome: Sendable, Equatable {
    case made
    /// It was there, and says the same.
    case same
    /// It was there, and says something else.
    case left
  }

  /// A note or another file to be put into the vault.
  public struct File: Sendable {
    public let path: String
    public let bytes: [UInt8]
  }

  /// - Parameter folder: made where it is missing.
  /// - Throws: `VaultProblem` where it can't be a vault; `SystemError`.
  public init(folder: String, trust: Trust) throws {
    if mkdir(folder, 0o777) != 0, errno != EEXIST {
      let error = SystemError("mkdir", path: folder)
      throw VaultProblem(
        error.description, fix: error.code == ENOENT ? "make the folder above it first" : nil)
    }
    let real = try FilePath.real(folder)
    var status = stat()
    guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw VaultProblem("\(folder) is no folder", fix: "name a folder, or one that is to be made")
    }
    let above = FilePath.folder(of: real)
    if access("\(real)/.obsidian", F_OK) != 0, let outer = Vault.obsidianFolder(above: above) {
      throw VaultProblem(
        "\(folder) lies in the vault \(outer)", fix: "runbook init \(outer), or name another folder"
      )
    }
    root = real
    self.trust = trust
    try trust.judge(root, as: "the folder \(folder)", in: root)
  }

  /// The files of a vault as they are shipped, the workflows made of their templates.
  ///
  /// - Parameter values: for the templates' variables; a name that none of them has is a problem.
  public static func files(
    values: [String: String], moment: CalendarMoment
  ) throws -> [File] {
    var files = BuiltInFiles.all.compactMap { file -> File? in
      guard file.path.hasPrefix("vault/") else { return nil }
      return File(path: String(file.path.dropFirst(6)), bytes: Array(file.text.utf8))
    }
    let templates = try builtInTemplates().filter { $0.initialNote != nil }
    let known = templates.flatMap { $0.variables.map(\.name) }
    if let unknown = values.keys.sorted().first(where: { !known.contains($0) }) {
      throw VaultProblem(
        "--set \(unknown): no workflow has such a variable",
        fix: Spelling.nearest(to: unknown, among: known).map { "did you mean \($0)?" }
          ?? "there are \(Set(known).sorted().joined(separator: ", "))")
    }
    for template in templates {
      guard let title = template.initialNote else { continue }
      var fill = TemplateFill(title: title, moment: moment)
      fill.values = values
      let made = File(path: title + ".md", bytes: try template.filled(fill))
      files.removeAll { $0.path == made.path }
      files.append(made)
    }
    return files
  }

  static func builtInTemplates() throws(NoteProblem) -> [NoteTemplate] {
    var templates: [NoteTemplate] = []
    for file in BuiltInFiles.all where FilePath.folder(of: file.path) == "templates" {
      templates.append(
        try NoteTemplate(
          name: NoteName.title(of: FilePath.name(of: file.path)),
          TrustedFile(own: Array(file.text.utf8), path: file.path)))
    }
    return templates
  }

  // MARK: Making

  public mutating func put(_ files: [File]) throws {
    // The folder that makes it a vault comes first: what is half made is a vault all the same.
    for file in files.sorted(by: { $0.path < $1.path }) { try put(file) }
  }

  private mutating func put(_ file: File) throws {
    let parts = file.path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return }
    let folder = try NoteFolder(
      path: try Vault(root: root, trust: trust).makeFolders(parts.dropLast()))
    report.append(Entry(path: file.path, outcome: try Self.put(file.bytes, name, in: folder)))
  }

  private static func put(
    _ bytes: [UInt8], _ name: String, in folder: NoteFolder
  ) throws -> Outcome {
    do {
      _ = try folder.stage(bytes, as: name)
    } catch let error {
      guard error.code == EEXIST else { throw error }
      return (try? QuietRead.read(name, in: folder).snapshot.bytes) == bytes ? .same : .left
    }
    try folder.sync()
    return .made
  }

  public mutating func putFolder(_ name: String) throws {
    var status = stat()
    let isThere = stat(FilePath.join(root, name), &status) == 0
    _ = try Vault(root: root, trust: trust).makeFolders([name])
    report.append(Entry(path: name + "/", outcome: isThere ? .same : .made))
  }
}
