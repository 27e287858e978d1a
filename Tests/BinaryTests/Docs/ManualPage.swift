import Foundation

/// The manual page, made of what the argument parser says and of tables in the documentation: nothing is told in two
/// places.
struct ManualPage {
  let info: CommandInfo
  let version: String
  let readme: DocPage
  let commandLine: DocPage

  var text: String {
    let lines =
      head + synopsis + description + commands
      + list("ENVIRONMENT", "Environment variables") { Mdoc.marked($0, "Ev") }
      + list("FILES", "Files") { Mdoc.marked($0, "Pa") }
      + list("EXIT STATUS", "Exit statuses") { $0 }
      + examples + seeAlso
    return lines.map { $0 + "\n" }.joined()
  }

  /// `make release` puts the day into it.
  private var head: [String] {
    let abstract = (info.abstract ?? "").dropLast()
    return [
      ".\\\" Made by Tests/BinaryTests/Docs; see docs/contributing.md",
      ".Dd $Mdocdate$", ".Dt RUNBOOK 1", ".Os runbook \(version)",
      ".Sh NAME", ".Nm runbook",
      ".Nd \(abstract.prefix(1).lowercased())\(abstract.dropFirst())",
    ]
  }

  private var synopsis: [String] {
    var lines = [".Sh SYNOPSIS"]
    for command in info.commands {
      lines += [".Nm", ".Cm \(command.commandName)"]
      if !command.options.isEmpty { lines.append(".Op Ar options") }
      lines += operands(command)
    }
    return lines + [".Nm", ".Fl -help | -version"]
  }

  private func operands(_ command: CommandInfo) -> [String] {
    command.operands.map { operand in
      let name = Mdoc.escaped(operand.valueName ?? "") + (operand.isRepeating ? " ..." : "")
      return operand.isOptional ? ".Op Ar \(name)" : ".Ar \(name)"
    }
  }

  /// The beginning of the README.
  private var description: [String] {
    let body = readme.lines.drop { $0 != "# runbook" }.dropFirst().prefix { !$0.hasPrefix("#") }
    let paragraphs = body.split(separator: "").map { $0.joined(separator: " ") }
    return [".Sh DESCRIPTION"]
      + Array(paragraphs.map(Mdoc.prose).joined(separator: [".Pp"]))
      + [
        ".Pp", "A step is named by its number, its", ".Li ^id ,",
        "or its text or a part of it that fits one step only;", "a run by its id or the end of it.",
      ]
  }

  private var commands: [String] {
    [".Sh COMMANDS"] + info.commands.flatMap(section)
  }

  private func section(_ command: CommandInfo) -> [String] {
    let run = info.commands.first { $0.commandName == "exec" }?.options ?? []
    let names = Set(command.options.flatMap(\.spellings))
    // What is a run's anyway is not listed twice.
    let hasAllOfRun =
      command.commandName != "exec" && run.allSatisfy { names.isSuperset(of: $0.spellings) }
    let own =
      hasAllOfRun
      ? command.options.filter { option in !run.contains { $0.spellings == option.spellings } }
      : command.options
    let listed = command.operands.filter { $0.abstract != nil }.map(operand) + own.map(option)
    return [".Ss \(command.commandName)"] + Mdoc.prose(command.abstract ?? "")
      + (listed.isEmpty ? [] : [".Bl -tag -width Ds"] + listed.flatMap { $0 } + [".El"])
      + (hasAllOfRun ? [".Pp", "All options of", ".Cm exec", "go with it."] : [])
  }

  private func operand(_ argument: CommandInfo.Argument) -> [String] {
    [".It Ar \(Mdoc.escaped(argument.valueName ?? ""))"] + Mdoc.prose(argument.abstract ?? "")
  }

  private func option(_ argument: CommandInfo.Argument) -> [String] {
    let names = argument.spellings.map { "Fl \(Mdoc.escaped(String($0.dropFirst())))" }
    let value = argument.kind == "option" ? " Ar \(Mdoc.escaped(argument.valueName ?? ""))" : ""
    return [".It " + names.joined(separator: " , ") + value] + Mdoc.prose(argument.abstract ?? "")
  }

  private func list(
    _ title: String, _ section: String, head: (String) -> String
  ) -> [String] {
    [".Sh \(title)", ".Bl -tag -width Ds"]
      + commandLine.rows(in: section).flatMap { [".It \(head($0[0]))"] + Mdoc.prose($0[1]) }
      + [".El"]
  }

  private var examples: [String] {
    [".Sh EXAMPLES", ".Bl -tag -width Ds"]
      + commandLine.rows(in: "The command line").flatMap { row in
        [".It \(Mdoc.escaped(row[0].prefix(1).uppercased() + row[0].dropFirst())):"]
          + [".Dl $ \(Mdoc.escaped(row[1].replacing("`", with: "")))"]
      } + [".El"]
  }

  private var seeAlso: [String] {
    [".Sh SEE ALSO", ".Xr ansible 1 ,", ".Xr bash 1 ,", ".Xr git 1 ,", ".Xr ssh 1"]
  }
}
