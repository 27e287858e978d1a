import ArgumentParser
import Runbook

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Makes a note from a template, from a shell script or from another note.")

  @Argument(
    help: ArgumentHelp("The template, and the note to make; with --from only the note."),
    completion: .template)
  var names: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Give a variable of the template a value; may be repeated.", valueName: "NAME=VALUE"))
  var assignments: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make the note from this shell script, or from this Markdown note without boxes.",
      valueName: "file"),
    completion: .file())
  var from: String?

  @Flag(help: "List the templates that there are.")
  var list = false

  @Flag(help: "With --list: a JSON array.")
  var json = false

  func validate() throws {
    try TemplateValues.validate(assignments)
    guard !json || list else { throw ValidationError("--json goes with --list") }
    if list {
      guard names.isEmpty, from == nil, assignments.isEmpty else {
        throw ValidationError("--list takes no template, note, --from or --set")
      }
    } else if from != nil {
      guard names.count <= 1, assignments.isEmpty else {
        throw ValidationError("--from takes the note to make, and neither a template nor --set")
      }
    } else {
      guard names.count == 1 || names.count == 2 else {
        throw ValidationError(
          "name a template, and the note to make if it is to have another name: "
            + "runbook new TEMPLATE NOTE.md\nrunbook new --list shows what there is")
      }
    }
  }

  func run() throws {
    try Refusals.told(as: from ?? names.last ?? "new") {
      if list { return try TemplateList.show(asJSON: json) }
      if let from {
        return try NoteImport(file: from, note: names.first).run()
      }
      try TemplateNote(template: names[0], note: names.dropFirst().first).make(
        values: TemplateValues.read(assignments))
    }
  }
}
