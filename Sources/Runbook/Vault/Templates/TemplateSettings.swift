#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a vault's settings say of templates: Obsidian's own, and those of the Templater plugin.
public struct TemplateSettings: Sendable, Equatable {
  /// From the root, those that count more first.
  public private(set) var folders: [String] = []
  public private(set) var dateFormat: String?
  public private(set) var timeFormat: String?

  private struct Core: Decodable {
    let folder: String?
    let dateFormat: String?
    let timeFormat: String?
  }

  private struct Templater: Decodable {
    let folder: String?

    enum CodingKeys: String, CodingKey {
      case folder = "templates_folder"
    }
  }

  private static let coreFile = ".obsidian/templates.json"
  private static let templaterFile = ".obsidian/plugins/templater-obsidian/data.json"

  /// The folder that counts where no setting names one, and after those that are named.
  static let usualFolder = "templates"

  /// - Throws: `VaultProblem` where a file is there and can't be understood.
  init(of vault: Vault) throws {
    if let core = try Self.read(Core.self, Self.coreFile, vault) {
      try add(core.folder, Self.coreFile)
      dateFormat = core.dateFormat.flatMap { $0.isEmpty ? nil : $0 }
      timeFormat = core.timeFormat.flatMap { $0.isEmpty ? nil : $0 }
    }
    try add(try Self.read(Templater.self, Self.templaterFile, vault)?.folder, Self.templaterFile)
    try add(Self.usualFolder, "")
  }

  /// Whether a note, by its path from the root, stands among the templates.
  public func isTemplate(_ path: String) -> Bool {
    folders.contains { path.hasPrefix($0 + "/") }
  }

  /// The vault's root would make a template of every note: such a setting says nothing.
  private mutating func add(_ folder: String?, _ file: String) throws {
    let parts = (folder ?? "").split(separator: "/").map(String.init)
    guard !parts.isEmpty else { return }
    guard !parts.contains("..") else {
      throw VaultProblem(
        "\(file) names a folder of templates outside the vault", fix: "choose one in the vault")
    }
    let path = parts.filter { $0 != "." }.joined(separator: "/")
    if !path.isEmpty, !folders.contains(path) { folders.append(path) }
  }

  private static func read<Value: Decodable>(
    _ type: Value.Type, _ file: String, _ vault: Vault
  ) throws -> Value? {
    let path = FilePath.join(vault.root, file)
    let bytes: [UInt8]
    do {
      bytes = try vault.read(file).bytes
    } catch let error as SystemError where error.code == ENOENT || error.code == ENOTDIR {
      return nil
    }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw VaultProblem(
        "\(path) can't be understood", fix: "set the folder of templates again in Obsidian")
    }
  }
}
