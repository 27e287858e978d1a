import Foundation

/// What the argument parser says of a command: `--experimental-dump-help`.
struct CommandInfo: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let abstract: String?
    let kind: String
    let names: [Name]?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
    let valueName: String?

    /// As they are written: `--follow`, `-f`.
    var spellings: [String] { (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
  }

  let commandName: String
  let abstract: String?
  let shouldDisplay: Bool
  let arguments: [Argument]?
  let subcommands: [CommandInfo]?

  /// Those with a name, apart from what all commands have.
  var options: [Argument] {
    shown.filter {
      $0.kind != "positional" && !["--help", "--version"].contains($0.spellings.last)
    }
  }

  var operands: [Argument] { shown.filter { $0.kind == "positional" } }

  private var shown: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

  /// The commands that are the program's own.
  var commands: [CommandInfo] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  static func read(_ runbook: RunbookBinary) async throws -> CommandInfo {
    struct Dump: Decodable { let command: CommandInfo }
    let result = try await runbook.run("--experimental-dump-help")
    return try JSONDecoder().decode(Dump.self, from: Data(result.stdout.utf8)).command
  }
}
