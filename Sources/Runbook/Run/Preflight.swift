#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What can be known to fail before anything runs: folders and programs that aren't there.
public enum Preflight {
  /// The folder of the run, absolute: the front matter's `cwd`, relative to the note's folder.
  public static func folder(
    of plan: Plan, note: NoteFile, environment: [String: String]
  ) -> String {
    let base = FilePath.folder(of: note.realPath)
    guard let cwd = plan.settings.cwd else { return base }
    let values = Dictionary(
      plan.parameters.compactMap { parameter in parameter.value.map { (parameter.name, $0) } },
      uniquingKeysWith: { first, _ in first })
    let path = BlockEnvironment.resolve(
      Template(cwd).expanded { values[$0] ?? environment[$0] }, in: base,
      home: environment["HOME"])
    return (try? FilePath.real(path)) ?? path
  }

  public static func problems(
    of plan: Plan, note: Note, folder: String, environment: [String: String]
  ) -> Masked<[Diagnostic]> {
    SecretMask(of: plan, values: [:]).mask(
      allProblems(of: plan, note: note, folder: folder, environment: environment))
  }

  private static func allProblems(
    of plan: Plan, note: Note, folder: String, environment: [String: String]
  ) -> [Diagnostic] {
    guard plan.steps.contains(where: { $0.exclusion == nil && !$0.blocks.isEmpty }) else {
      return []
    }
    var problems: [Diagnostic] = []
    if !isFolder(folder) {
      problems.append(missingFolder(folder, note, plan))
    }
    problems += largeValues(plan)
    var missing: Set<String> = []
    for step in plan.steps where step.exclusion == nil {
      for block in step.blocks {
        if let problem = refuseHost(block) {
          problems.append(Diagnostic(.error, problem.0, at: block.place, fix: problem.1))
        }
        if block.options.runsElsewhere { continue }
        let program = block.interpreter.program
        guard !isThere(program, environment), missing.insert(program).inserted else { continue }
        problems.append(
          Diagnostic(
            .error, "\(program) is not on this machine", at: block.place,
            fix: "install it, or put it into PATH"))
      }
    }
    return problems
  }

  /// A value that a host's system may not take must not make a block fail in the middle of a deploy.
  private static func largeValues(_ plan: Plan) -> [Diagnostic] {
    let remote = plan.steps.lazy.filter { $0.exclusion == nil }.flatMap(\.blocks)
      .first { $0.options.runsElsewhere }
    guard let remote else { return [] }
    return plan.parameters.compactMap { parameter in
      let size = parameter.value?.utf8.count ?? 0
      guard size > CapturedOutput.limit else { return nil }
      return Diagnostic(
        .error,
        "the value of \(parameter.name) has \(size) bytes; a block on a host gets at most "
          + "\(CapturedOutput.limit)", at: remote.place,
        fix: "put it into a file, and copy that there")
    }
  }

  private static func missingFolder(_ folder: String, _ note: Note, _ plan: Plan) -> Diagnostic {
    let message = "the folder to run in is not there: \(folder)"
    let fix = "make it, or set cwd: in the front matter (relative to the note's folder)"
    guard let entry = note.frontMatter?.entries.first(where: { $0.key == "cwd" }) else {
      return Diagnostic(.error, message, file: plan.file, fix: fix)
    }
    let line = note.lines.content(of: entry.lines.lowerBound).trimmed(in: note.bytes)
    return Diagnostic(.error, message, file: plan.file, note: note, range: line, fix: fix)
  }

  private static func refuseHost(_ block: Block) -> (String, String)? {
    if block.options.runsElsewhere, let host = block.options.hosts ?? block.options.host {
      if block.options.isInteractive {
        return (
          "a block gets the terminal on this machine only, not on \(host)",
          block.options.isFleet
            ? "remove interactive"
            : "remove interactive, or call `ssh -t \(host)` in a block of this machine"
        )
      }
      if block.code.contains(0) {
        return ("the block holds a NUL byte, which no shell on \(host) takes", "remove it")
      }
    }
    return nil
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func isThere(_ program: String, _ environment: [String: String]) -> Bool {
    if program.contains("/") { return true }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
  }
}
