#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The templates that there are for a vault: its own first, then those that the program carries.
public struct TemplateShelf: Sendable {
  /// The first of each name.
  public private(set) var templates: [NoteTemplate] = []
  /// Files in the vault that are no template that can be used, and why.
  public private(set) var refused: [Refused] = []
  public let settings: TemplateSettings

  public struct Refused: Sendable {
    public let name: String
    public let file: String
    public let bytes: [UInt8]
    public let problem: NoteProblem
  }

  /// - Throws: `VaultProblem` where the vault's settings can't be understood; `SystemError`.
  public init(vault: Vault) throws {
    settings = try TemplateSettings(of: vault)
    for folder in settings.folders {
      for path in try vault.notesIfThere(in: folder) {
        add(NoteName.title(of: String(path.dropFirst(folder.count + 1))), try vault.read(path))
      }
    }
    for file in BuiltInFiles.all where FilePath.folder(of: file.path) == "templates" {
      let name = NoteName.title(of: FilePath.name(of: file.path))
      add(name, TrustedFile(own: Array(file.text.utf8), path: "runbook’s own \(name)"))
    }
  }

  private mutating func add(_ name: String, _ file: TrustedFile) {
    let taken = templates.map(\.name) + refused.map(\.name)
    guard !taken.contains(where: { $0.lowercased() == name.lowercased() }) else { return }
    do {
      templates.append(try NoteTemplate(name: name, file))
    } catch {
      refused.append(Refused(name: name, file: file.path, bytes: file.bytes, problem: error))
    }
  }

  /// By name, in any case; the folders in front may be left out where that is clear.
  /// - Throws: `VaultProblem` where there is none, or more than one.
  public func find(_ name: String) throws -> NoteTemplate {
    let wanted = NoteName.title(of: name).lowercased()
    if let template = templates.first(where: { $0.name.lowercased() == wanted }) { return template }
    let fitting = templates.filter { $0.name.lowercased().hasSuffix("/" + wanted) }
    if fitting.count == 1 { return fitting[0] }
    guard fitting.isEmpty else {
      throw VaultProblem(
        "there are \(fitting.count) templates “\(name)”",
        fix: "write one of " + fitting.map(\.name).joined(separator: ", "))
    }
    let names = templates.map(\.name)
    let near = Spelling.nearest(
      to: name, among: names, atMost: max(1, name.count / 3), ignoringCase: true)
    throw VaultProblem(
      "there is no template “\(name)”",
      fix: near.map { "did you mean \($0)?" } ?? "runbook new --list shows what there is")
  }

  /// The one that makes the note of a name, as `template_note` says.
  public func template(making note: String) -> NoteTemplate? {
    let wanted = NoteName.title(of: note).lowercased()
    return templates.first { $0.initialNote?.lowercased() == wanted }
  }

  /// A broken one that is asked for by name.
  public func refusal(of name: String) -> Refused? {
    let wanted = NoteName.title(of: name).lowercased()
    return refused.first {
      $0.name.lowercased() == wanted || $0.name.lowercased().hasSuffix("/" + wanted)
    }
  }
}

extension Vault {
  fileprivate func notesIfThere(in folder: String) throws -> [String] {
    var status = stat()
    guard stat(FilePath.join(root, folder), &status) == 0, status.st_mode & S_IFMT == S_IFDIR
    else { return [] }
    return try listing(of: folder).notes
  }
}
