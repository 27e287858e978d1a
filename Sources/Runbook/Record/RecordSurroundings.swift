/// What the run was given: parameters and where they came from, and the place that it ran in.
struct RecordSurroundings {
  let header: RunHeader

  var text: String { [parameters, environment].compactMap(\.self).joined(separator: "\n\n") }

  private var parameters: String? {
    guard !header.parameters.isEmpty else { return nil }
    var lines = ["## Parameters", "", "| Name | Value | From |", "| --- | --- | --- |"]
    for parameter in header.parameters {
      let value = parameter.value.map(ValueText.cell) ?? "••••"
      lines.append("| \(parameter.name) | \(value) | \(parameter.source.rawValue) |")
    }
    return lines.joined(separator: "\n")
  }

  private var environment: String {
    var rows = [
      ("Machine", header.machine), ("User", header.user), ("Folder of the blocks", header.folder),
    ]
    if let commit = header.commit {
      rows.append(("Commit there", commit.id + (commit.isDirty ? ", with changes" : "")))
    }
    if let section = header.section { rows.append(("Section", section)) }
    rows += [
      ("Run", header.id.text), ("Plan", String(header.digest.prefix(12))),
      ("runbook", header.version),
    ]
    return "## Environment\n\n|  |  |\n| --- | --- |\n"
      + rows.map { "| \($0.0) | \(ValueText.cell($0.1)) |" }.joined(separator: "\n")
  }
}
