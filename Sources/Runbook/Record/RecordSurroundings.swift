/// What the run was given: parameters and where they came from, and the place that it ran in.
struct RecordSurroundings {
  let header: RunHeader
  let tools: ToolVersions
  let mask: SecretMask

  var text: String { [parameters, environment].compactMap(\.self).joined(separator: "\n\n") }

  private var parameters: String? {
    guard !header.parameters.isEmpty else { return nil }
    var lines = ["## Parameters", "", "| Name | Value | From |", "| --- | --- | --- |"]
    for parameter in header.parameters {
      let value = parameter.value.map { ValueText.cell(mask.mask($0)) } ?? "••••"
      lines.append("| \(parameter.name) | \(value) | \(parameter.source.rawValue) |")
    }
    return lines.joined(separator: "\n")
  }

  private var environment: String {
    var rows = [
      ("Machine", [header.machine, tools.system].filter { !$0.isEmpty }.joined(separator: ", ")),
      ("User", header.user), ("Folder of the blocks", header.folder),
    ]
    if let commit = header.commit {
      rows.append(("Commit there", commit.id + (commit.isDirty ? ", with changes" : "")))
    }
    if let section = header.section { rows.append(("Section", section)) }
    rows += [
      ("Run", header.id.text), ("Plan", String(header.digest.prefix(12))),
      ("runbook", header.version),
    ]
    rows += tools.tools.map { ($0.program, $0.version) }
    if !options.isEmpty { rows.append(("Options", options)) }
    rows += inherited
    // No table: a long PATH can't be broken in a cell, and would push the page wide.
    return "## Environment\n\n"
      + rows.map { "- \(MarkText.title($0.0)): \(ValueText.code(mask.mask($0.1)))" }
      .joined(separator: "\n")
  }

  /// What decides how a block runs without being named in the note.
  private var inherited: [(String, String)] {
    let surroundings = header.surroundings
    return surroundings.environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      + [("umask", surroundings.umask.digits(3, radix: 8))]
  }

  /// As the command line had them; parameters have a table of their own.
  private var options: String {
    let choices = header.choices
    var words: [String] = []
    if let timeout = choices.timeout {
      words.append("--timeout \(timeout.seconds.map(TimeLimit.text) ?? "none")")
    }
    if let policy = choices.onTimeout { words.append("--on-timeout \(policy.rawValue)") }
    if choices.continuesOnError { words.append("--continue-on-error") }
    if let step = choices.from { words.append("--from “\(step)”") }
    words += choices.only.map { "--only “\($0)”" } + choices.skip.map { "--skip “\($0)”" }
    if !header.options.rollsBack { words.append("--no-rollback") }
    if header.options.assumesYes { words.append("--yes") }
    if header.options.asksBeforeSteps { words.append("--step") }
    return words.joined(separator: " ")
  }
}
