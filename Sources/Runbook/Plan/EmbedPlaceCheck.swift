/// An embedded note's blocks run where the outer note's do. Where the embedded note names another place, that is said:
/// what was written for one machine must not surprise on another.
struct EmbedPlaceCheck {
  let outer: Settings
  /// What the embedded note says itself.
  let inner: Settings
  /// The path of the note that is run, from the vault's root.
  let rootPath: String

  func tell(
    _ part: PlanPart, of step: Step, at range: Range<Int>, _ problems: inout DiagnosticCollector
  ) {
    let name = part.source?.file ?? ""
    let isPlaced = step.inherited.has(.host) || step.inherited.has(.hosts)
    if let host = inner.host, host != outer.host, !isPlaced {
      problems.error(
        "\(name) says host: \(host), which does not count where it is embedded", at: range,
        fix: "say where its blocks run: {host=\(host)} behind the embed, or {host=localhost}")
    }
    if let cwd = inner.cwd, !step.inherited.has(.cwd) {
      let there = place(cwd, of: part.source?.path ?? "")
      let here = place(outer.cwd ?? "", of: rootPath)
      if there != here {
        problems.warning(
          "\(name) says cwd: \(cwd), which does not count here: its blocks run where this note's do",
          at: range,
          fix: "if they belong there, write {cwd=\(way(to: there, from: here))} behind the embed")
      }
    }
    if let lock = inner.lock, lock != outer.lock {
      problems.warning(
        "\(name) names the lock “\(lock)”, which this run does not hold", at: range,
        fix: "add lock: \(lock) to the front matter of the note that is run")
    }
  }

  /// As seen from the vault's root, as far as that can be told without looking.
  private func place(_ cwd: String, of path: String) -> String {
    guard let first = cwd.first, !"/~$".contains(first) else {
      return cwd.isEmpty ? FilePath.folder(of: path) : cwd
    }
    return FilePath.normalized(FilePath.join(FilePath.folder(of: path), cwd))
  }

  private func way(to there: String, from here: String) -> String {
    if let first = there.first, "/~$".contains(first) { return there }
    guard ![here, there].contains(where: { $0.hasPrefix("..") }), here.first != "/" else {
      return "…"
    }
    let way = FilePath.relative(there, from: here)
    return way.isEmpty ? "." : way
  }
}
