#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The user's own settings, in `$XDG_CONFIG_HOME/runbook/config.yml`, else `~/.config/runbook/config.yml`: what no vault
/// may say for them.
///
/// To add a key: a case in `Key`, a property with the value that counts where nobody says, and a case in
/// `read(_:)`, which says what is wrong with a value by `NoteProblem` at the value's range. Then a line in the table of
/// docs/running.md.
public struct UserSettings: Sendable, Equatable {
  public enum Key: String, Sendable, CaseIterable {
    case trustedGroups = "trusted_groups"
  }

  /// Groups, by name or number, whose members may write to what the user runs.
  public private(set) var trustedGroups: [String] = []

  public init() {}

  /// What is wrong with the file. `diagnostics` tells it with places.
  public struct Problem: Error {
    let file: String
    let settings: SettingsFile?
    let bytes: [UInt8]
    let problems: [NoteProblem]
  }

  /// Reads the file, if there is one.
  /// - Throws: `Problem`; `VaultProblem` where somebody else can write to it, or it can't be read.
  public static func read(environment: [String: String]) throws -> UserSettings {
    guard let path = path(environment) else { return UserSettings() }
    do {
      let file = try Trust(environment: environment).read(path, fix: "chmod go-w \(path)")
      return try UserSettings(file)
    } catch let error as SystemError where error.code == ENOENT || error.code == ENOTDIR {
      return UserSettings()
    }
  }

  /// Nil where there is no home.
  static func path(_ environment: [String: String]) -> String? {
    let name = "runbook/config.yml"
    if let config = environment["XDG_CONFIG_HOME"], config.hasPrefix("/") {
      return "\(config)/\(name)"
    }
    return environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.config/\(name)" : nil }
  }

  init(_ file: TrustedFile) throws(Problem) {
    let settings: SettingsFile
    do throws(NoteProblem) {
      settings = try SettingsFile(file.bytes)
    } catch {
      throw Problem(file: file.path, settings: nil, bytes: file.bytes, problems: [error])
    }
    var problems = settings.note.problems + (settings.secondDocument.map { [$0] } ?? [])
    for entry in settings.note.frontMatter?.entries ?? [] {
      do throws(NoteProblem) {
        try read(entry)
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else {
      throw Problem(
        file: file.path, settings: settings, bytes: file.bytes, problems: problems)
    }
  }

  private mutating func read(_ entry: FrontMatter.Entry) throws(NoteProblem) {
    switch Key(rawValue: String(entry.key.map { $0 == "-" ? "_" : $0 })) {
    case .trustedGroups: trustedGroups = try Self.names(entry)
    case nil:
      let names = Key.allCases.map(\.rawValue)
      let near = Spelling.nearest(to: entry.key, among: names)
      throw NoteProblem(
        "there is no setting “\(entry.key)”", at: entry.keyRange,
        fix: near.map { "did you mean \($0)?" } ?? "there are: \(names.joined(separator: " "))")
    }
  }

  /// One, or a list.
  private static func names(_ entry: FrontMatter.Entry) throws(NoteProblem) -> [String] {
    let values: [YAMLValue] =
      switch entry.value {
      case .empty: []
      case .sequence(let values, _): values
      case .scalar, .mapping: [entry.value]
      }
    var names: [String] = []
    for value in values {
      guard case .scalar(let text, _) = value else {
        throw NoteProblem(
          "“\(entry.key)” is a list of names", at: value.range, fix: "write \(entry.key): [ops]")
      }
      names.append(text)
    }
    return names
  }
}
