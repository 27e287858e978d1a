import ArgumentParser
import Runbook

struct DeployCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy", abstract: "Runs the vault's workflow note for a kind of deploy.")

  @Flag(
    help: "Workflow-Quick: build here, upload what was built. Meant where nothing says otherwise."
  )
  var quick = false

  @Flag(help: "Workflow-Fast: build on the server, with its cache.")
  var fastBuild = false

  @Flag(help: "Workflow-Full: backup and every check, a build from scratch.")
  var full = false

  @Flag(help: "The same as --full.")
  var fullBuild = false

  @Flag(help: "Workflow-Incremental: only the files that changed.")
  var incremental = false

  @Option(
    help: ArgumentHelp(
      "Build here or on the server: local or server. Without a kind, local is --quick and server is --fast-build.",
      valueName: "where"),
    completion: .list(["local", "server"]))
  var buildMode: [String] = []

  @Flag(help: "Give the terminal back at once: the same as --background.")
  var backgroundBuild = false

  @Option(
    help: ArgumentHelp(
      "The vault; that of this folder, of RUNBOOK_VAULT or of the repository where none is named.",
      valueName: "folder"),
    completion: .directory)
  var vault: String?

  @OptionGroup var options: ExecOptions

  /// The kinds that are named, with the option that named each first.
  private var named: [(mode: DeployMode, option: String)] {
    let flags: [(isSet: Bool, mode: DeployMode, option: String)] = [
      (quick, .quick, "--quick"), (fastBuild, .fast, "--fast-build"), (full, .full, "--full"),
      (fullBuild && !full, .full, "--full-build"), (incremental, .incremental, "--incremental"),
    ]
    return flags.filter(\.isSet).map { ($0.mode, $0.option) }
  }

  func validate() throws {
    let modes = named
    guard modes.count < 2 else {
      throw Self.contradiction(
        modes.map(\.option), "each is a kind of deploy of its own, and one runs at a time")
    }
    for place in buildMode where place != "local" && place != "server" {
      throw ValidationError("--build-mode \(place): write local or server")
    }
    if Set(buildMode).count > 1 {
      throw Self.contradiction(["--build-mode local", "--build-mode server"], "keep one")
    }
    if let place = buildMode.first, let set = assigned("BUILD_MODE"), set != place {
      throw Self.contradiction(["--build-mode \(place)", "--set BUILD_MODE=\(set)"], "keep one")
    }
    if let timeout = options.plan.timeout, let set = assigned("DEPLOY_TIMEOUT"),
      TimeLimit(set) != TimeLimit(timeout)
    {
      throw Self.contradiction(["--timeout \(timeout)", "--set DEPLOY_TIMEOUT=\(set)"], "keep one")
    }
    if backgroundBuild || options.background, options.step {
      throw Self.contradiction(
        [backgroundBuild ? "--background-build" : "--background", "--step"],
        "in the background nobody is there to be asked before each step")
    }
  }

  private static func contradiction(_ options: [String], _ reason: String) -> ValidationError {
    let all =
      options.dropLast().joined(separator: ", ") + " and " + (options.last ?? "")
    return ValidationError("\(all) contradict each other: \(reason)")
  }

  private func assigned(_ name: String) -> String? {
    options.plan.assignments.last { $0.hasPrefix(name + "=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }

  func run() throws {
    try Refusals.told(as: "deploy") {
      let note = try note()
      var options = options
      options.background = options.background || backgroundBuild
      try options.run(note, setting: try settings(for: note))
    }
  }

  private var mode: DeployMode {
    named.first?.mode ?? DeployMode.usual(buildingIn: buildMode.first)
  }

  /// The path of the note that it runs.
  func note() throws -> String {
    try WorkflowNotes(folder: vault).path(of: mode)
  }

  /// The options of `deploy` that reach the note as parameters.
  private func settings(for note: String) throws -> [String] {
    let names: [String]
    do {
      let loaded = try LoadedNote.load(NoteArgument(note)) { $0.isChecking = true }
      names = loaded.plan.parameters.map(\.name)
    } catch {
      throw CheckReport.refuse([error.diagnostic], asJSON: false)
    }
    var settings: [String] = []
    if let place = buildMode.first {
      let takesPlace = names.contains("BUILD_MODE")
      guard takesPlace || place == mode.place else {
        throw VaultProblem(
          "\(note) builds \(mode.place == "local" ? "here" : "on the server"), and has no parameter "
            + "BUILD_MODE: --build-mode \(place) contradicts that",
          fix: "leave --build-mode out, or choose another kind of deploy")
      }
      if takesPlace, assigned("BUILD_MODE") == nil { settings.append("BUILD_MODE=\(place)") }
    }
    return settings
  }
}
