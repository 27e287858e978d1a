import ArgumentParser
import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lists every problem of notes; in a folder, of the notes tagged runbook.")

  @Argument(
    help: "Notes, or folders of notes; the vault around this folder if none is named.",
    completion: .note)
  var paths: [String] = []

  @Flag(help: "The problems as a JSON array.")
  var json = false

  func run() throws {
    let known = KnownVaults.here
    let paths = paths.isEmpty ? [try vaultHere()] : paths
    let found = AllCores.map(try paths.flatMap { try notes(at: $0) }) {
      Self.problems(of: $0, among: known)
    }
    let checked = found.compactMap(\.self)
    // What is wrong with a note that several embed is said once.
    var told: Set<Diagnostic> = []
    let diagnostics = checked.joined().filter { told.insert($0).inserted }
    if json {
      Output.print(SafeText(json: try JSONText.encode(diagnostics)))
    } else {
      Output.print(
        "\(CheckReport.text(diagnostics))\(CheckReport.summary(diagnostics, notes: checked.count))")
    }
    if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.usage }
  }

  /// The vault around this folder, as seen from it; where there is none, this folder.
  private func vaultHere() throws -> String {
    do {
      let vault = try Vault(containing: ".", trust: ProcessContext.trust)
      return RelativePath.from(ProcessContext.folder ?? vault.root, to: vault.root) ?? "."
    } catch {
      throw CheckReport.refuse([Refusals.diagnostic(error, file: ".")], asJSON: json)
    }
  }

  private struct Candidate {
    let path: String
    /// Found in a folder, not named by the user.
    let isListed: Bool
  }

  private func notes(at path: String) throws -> [Candidate] {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return [Candidate(path: path, isListed: false)]
    }
    do {
      let found = try Vault.notes(in: path, trust: ProcessContext.trust, withTemplates: false)
      return found.map { name in
        Candidate(path: name.hasPrefix("./") ? String(name.dropFirst(2)) : name, isListed: true)
      }
    } catch {
      throw CheckReport.refuse([Refusals.diagnostic(error, file: path)], asJSON: json)
    }
  }

  /// Nil for a listed note that is no runbook.
  private static func problems(of note: Candidate, among known: KnownVaults) -> [Diagnostic]? {
    let argument = NoteArgument(note.path)
    do {
      let loaded =
        note.isListed
        ? try LoadedNote.load(argument, tagged: "runbook", among: known, configure)
        : try LoadedNote.load(argument, among: known, configure)
      return loaded?.diagnostics
    } catch {
      return [error.diagnostic]
    }
  }

  /// What a note needs to run is not known here: a parameter that must be given is no mistake.
  private static func configure(_ request: inout PlanRequest) {
    request.isChecking = true
    request.listsExecutable = false
  }
}
