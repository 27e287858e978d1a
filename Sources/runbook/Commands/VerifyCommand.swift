import ArgumentParser
import Runbook

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks that journals, logs, records, notes and the history of runs agree.",
    discussion: """
      Nothing is changed. The status is 1 where something does not agree.

      Examples:
        runbook verify            all runs of this vault
        runbook verify 7f3a       one run
        runbook verify Deploy.md  all runs of a note
      """)

  @Argument(
    help: ArgumentHelp(
      "A run, a note or a vault; all runs of this vault where none is named.", valueName: "what"),
    completion: .runs(for: .logs))
  var what: String?

  @Flag(help: "One JSON array.")
  var json = false

  private struct Result: Encodable {
    let run: String
    let note: String
    let findings: [RunVerification.Finding]
  }

  func run() throws {
    let access = try StateAccess.open()
    let archive = RunArchive(access.state)
    do {
      let ids = try ids(archive)
      let results = results(ids, archive)
      if json {
        Output.print(SafeText(json: try JSONText.encode(results)))
      } else {
        report(results)
      }
      if results.contains(where: { !$0.findings.isEmpty }) { throw ExitStatus(code: 1) }
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }

  private func ids(_ archive: RunArchive) throws -> [RunID] {
    guard let what else { return archive.ids(in: try RunChoice.scope()) }
    if let scope = try RunChoice.scope(named: what) { return archive.ids(in: scope) }
    do {
      return [try archive.id(of: what)]
    } catch {
      guard let vault = try? Vault(containing: what, trust: ProcessContext.trust) else {
        throw error
      }
      return archive.ids(in: .vault(vault.root))
    }
  }

  private func results(_ ids: [RunID], _ archive: RunArchive) -> [Result] {
    let history = archive.history()
    let latest = archive.latestOfNotes()
    return ids.compactMap { id in
      switch archive.look(at: id) {
      case .neverBegan: return nil
      case .unreadable(let problem):
        let finding = RunVerification.Finding(part: .journal, message: problem.message)
        return Result(run: id.text, note: "", findings: [finding])
      case .run(let stored):
        let findings = RunVerification(stored).findings(
          keeper: keeper(stored), isLatest: latest.contains(id), history: history[id])
        return Result(
          run: id.text, note: ProcessContext.shown(stored.header.shownPath), findings: findings)
      }
    }
  }

  private func keeper(_ stored: StoredRun) -> NoteKeeper? {
    guard let (vault, file) = try? stored.place() else { return nil }
    return NoteKeeper(
      plan: stored.plan, file: file, vault: vault, folder: stored.folder,
      mode: stored.header.options.record, mask: stored.mask,
      environment: ProcessContext.environment,
      renderer: RunRenderer(plan: stored.plan, mask: stored.mask))
  }

  private func report(_ results: [Result]) {
    if results.isEmpty { return Output.print("no run is remembered here") }
    for result in results {
      for finding in result.findings {
        Output.print("\(result.run) \(result.note): \(finding.part.rawValue): \(finding.message)")
      }
    }
    let wrong = results.count { !$0.findings.isEmpty }
    let runs = "\(results.count) run\(results.count == 1 ? "" : "s")"
    Output.print(
      wrong == 0
        ? "\(runs) verified: journals, logs, records, notes and history agree"
        : "\(runs) verified, \(wrong) of which \(wrong == 1 ? "does" : "do") not agree")
  }
}
