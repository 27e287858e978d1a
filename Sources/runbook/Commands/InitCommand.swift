import ArgumentParser
import Runbook

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a folder a vault with the workflows in it. Overwrites nothing.")

  @Argument(help: "The folder; this one where none is named.", completion: .directory)
  var vault: String = "."

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Give a variable of the workflows a value; may be repeated.", valueName: "NAME=VALUE"))
  var assignments: [String] = []

  func validate() throws { try TemplateValues.validate(assignments) }

  func run() throws {
    try Refusals.told(as: vault) {
      guard let moment = CalendarMoment.now else { throw VaultProblem("the clock can't be read") }
      // Before anything is made: a value that can't be had must not leave half a vault.
      let files: [VaultSetup.File]
      do {
        files = try VaultSetup.files(values: TemplateValues.read(assignments), moment: moment)
      } catch let problem as NoteProblem {
        throw VaultProblem(problem.message, fix: problem.fix)
      }
      var setup = try VaultSetup(folder: vault, trust: ProcessContext.trust)
      try setup.put(files)
      try setup.putFolder("Runs")
      for entry in setup.report { Output.print(Self.line(entry)) }
      Output.print(mergeDriver(setup.root))
      Output.print(
        """
        \(vault == "." ? "This folder" : vault) is a vault. Open it in Obsidian, or go on with
          runbook check \(vault)
          runbook new --list
        """)
    }
  }

  /// Lets git merge notes that two people ran. Never a reason to fail: the vault is made by then.
  private func mergeDriver(_ root: String) -> SafeText {
    let byHand: SafeText = "runbook merge-file --set-up \(vault)"
    let driver = MergeDriver(folder: root, environment: ProcessContext.environment)
    guard driver.isInWorkTree else {
      return "git   no repository here; once there is one, let it merge notes: \(byHand)"
    }
    do {
      guard try driver.setUp() else { return "git   merges the notes here by runbook already" }
      return """
        git   merges the notes here by runbook from now on; commit .gitattributes
              each clone needs it once: \(byHand)
              to undo it: delete “\(MergeDriver.line)” there, and git config --remove-section merge.runbook
        """
    } catch let problem as GitMerge.Problem {
      return "git   not set up: \(problem.message)\n      fix: \(problem.fix)"
    } catch {
      return "git   not set up: \(error)\n      fix: then run \(byHand)"
    }
  }

  private static func line(_ entry: VaultSetup.Entry) -> SafeText {
    switch entry.outcome {
    case .made: "made  \(entry.path)"
    case .same: "left  \(entry.path)  (was there already)"
    case .left: "left  \(entry.path)  (was there, and says something else)"
    }
  }
}
