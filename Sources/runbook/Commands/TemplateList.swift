import Runbook

/// What `new --list` shows.
enum TemplateList {
  private struct Entry: Encodable {
    let name: String
    let purpose: String?
    let file: String
    let variables: [TemplateVariable]

    enum CodingKeys: String, CodingKey {
      case name
      case purpose = "for"
      case file, variables
    }
  }

  static func show(asJSON: Bool) throws {
    let shelf = try TemplateShelf(vault: try Vault(containing: ".", trust: ProcessContext.trust))
    if asJSON {
      Output.print(
        SafeText(
          json: try JSONText.encode(
            shelf.templates.map {
              Entry(name: $0.name, purpose: $0.purpose, file: $0.file, variables: $0.variables)
            })))
    } else {
      for template in shelf.templates { Output.print(text(template)) }
    }
    for refused in shelf.refused {
      Output.complain(
        Diagnostic(refused.problem, file: refused.file, bytes: refused.bytes).text)
    }
    if !shelf.refused.isEmpty { throw ExitStatus.usage }
  }

  private static func text(_ template: NoteTemplate) -> SafeText {
    let head: SafeText =
      template.purpose.map { "\(template.name)  \(PlainText.line($0))" } ?? "\(template.name)"
    let names = template.variables.map { variable in
      variable.defaultValue.map { "\(variable.name)=\($0)" } ?? variable.name
    }
    let width = names.map(\.count).max() ?? 0
    let lines = zip(names, template.variables).map { name, variable -> SafeText in
      let padding = String(repeating: " ", count: width - name.count)
      return variable.purpose.map { "    \(name)\(padding)  \(PlainText.line($0))" }
        ?? "    \(name)"
    }
    return ([head] + lines).joined(separator: "\n")
  }
}
