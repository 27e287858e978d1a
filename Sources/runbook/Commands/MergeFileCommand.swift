import ArgumentParser
import Runbook

struct MergeFileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-file",
    abstract: "Merges two versions of a note that both were run; git calls it.")

  @Argument(help: "Base, ours and theirs; the result is written into ours.", completion: .file())
  var files: [String] = []

  @Option(help: "How messages and conflict markers name the note.")
  var path: String?

  @Option(help: "Characters in a conflict marker.")
  var markerSize = 7

  @Option(
    help: ArgumentHelp(
      "Make git call it in this folder's repository: .gitattributes and git config.",
      valueName: "folder"),
    completion: .directory)
  var setUp: String?

  func validate() throws {
    guard files.count == (setUp == nil ? 3 : 0) else {
      throw ValidationError("name three files: BASE OURS THEIRS; or --set-up FOLDER alone")
    }
    guard (1...1000).contains(markerSize) else {
      throw ValidationError("--marker-size is between 1 and 1000")
    }
  }

  func run() throws {
    do {
      if let setUp { return try prepare(setUp) }
      try merge()
    } catch let problem as GitMerge.Problem {
      throw Self.refuse(setUp ?? path ?? files[1], problem.message, problem.fix)
    } catch let status as ExitStatus {
      throw status
    } catch {
      throw Self.refuse(setUp ?? path ?? files[1], "\(error)", nil)
    }
  }

  /// Git takes a status above 128 for a merge that could not be made at all: the file stays as it was.
  private static let failed = ExitStatus(code: 129)

  private static func refuse(_ file: String, _ message: String, _ fix: String?) -> ExitStatus {
    _ = CheckReport.refuse([Diagnostic(.error, message, file: file, fix: fix)], asJSON: false)
    return failed
  }

  private func merge() throws {
    let name = path ?? files[1]
    let sides = try files.map { try MergeFile(path: $0).read() }
    let merge = NoteMerge(base: sides[0], ours: sides[1], theirs: sides[2])
    let texts = merge.stripped
    let (text, hasConflict) = try GitMerge.merge(
      base: texts.base, ours: texts.ours, theirs: texts.theirs,
      labels: ["ours", "base", "theirs"], markerSize: markerSize,
      environment: ProcessContext.environment)
    guard !hasConflict else {
      try MergeFile(path: files[1]).write(text)
      Output.complain("\(name): both sides changed the same lines; settle them, then run the note")
      throw ExitStatus(code: 1)
    }
    let (bytes, lost) = merge.marking(text)
    for reason in lost { Output.complain("\(name): \(reason)") }
    try MergeFile(path: files[1]).write(bytes)
  }

  private func prepare(_ folder: String) throws {
    let driver = MergeDriver(folder: folder, environment: ProcessContext.environment)
    Output.print(
      try driver.setUp()
        ? "git merges the notes in \(folder) by runbook from now on; commit .gitattributes"
        : "git merges the notes in \(folder) by runbook already")
  }
}
