import Runbook

/// Which run is meant: by its id or the end of it, by its note, or by where somebody stands. The one place where that
/// is decided, for all commands that take a run.
struct RunChoice {
  static let help =
    "The run: its id or the end of it, or a note for its latest; "
    + "the latest of this vault for which that can be done where none is named."

  private let use: RunUse
  private let access: StateAccess
  private let archive: RunArchive

  /// - Parameters:
  ///   - name: as typed.
  ///   - canAsk: where several may be meant.
  /// - Throws: `RunArchive.Problem`; a status where it is said already what is wrong.
  static func find(
    _ name: String?, for use: RunUse, _ access: StateAccess, canAsk: Bool = true
  ) throws -> RunID {
    let choice = RunChoice(use: use, access: access, archive: RunArchive(access.state))
    guard let scope = try scope(named: name) else { return try choice.archive.id(of: name ?? "") }
    let place = name.flatMap(note).map { "of \($0)" } ?? "here"
    return try choice.latest(in: scope, place, canAsk)
  }

  // MARK: The place

  /// Nil where a run is named by its id.
  static func scope(named name: String?) throws -> RunScope? {
    guard let name, !name.isEmpty else { return try scope() }
    return note(name).map { .note(realPath(of: $0)) }
  }

  static func scope() throws -> RunScope {
    do {
      let folder = ProcessContext.folder ?? "."
      let vault = try Vault.meant(
        in: folder, environment: ProcessContext.environment, trust: ProcessContext.trust)
      if let vault, vault.contains(folder) { return .vault(vault.root) }
      return .folder(folder, vault: vault?.root)
    } catch let problem as VaultProblem {
      throw RunArchive.Problem(message: problem.message, fix: problem.fix ?? "name the run")
    }
  }

  /// The path in what was typed, where that is a note and no id.
  static func note(_ text: String) -> String? {
    let path = NoteArgument(text).path
    return NoteName.isNote(path) ? path : nil
  }

  /// The note may be gone; its runs are there all the same.
  private static func realPath(of note: String) -> String {
    if let found = try? Vault.locate(note: note, among: .here).note { return found.realPath }
    return note.hasPrefix("/") ? note : "\(ProcessContext.folder ?? "")/\(note)"
  }

  // MARK: The run

  private func latest(in scope: RunScope, _ place: String, _ canAsk: Bool) throws -> RunID {
    switch archive.choose(for: use, in: scope, isCarried: access.isCarriedOrUnknown) {
    case .run(let id): return id
    case .several(let found):
      return try pick(found, "the runs \(place) are of several places", canAsk)
    case .none where scope.isOnePlace:
      throw RunArchive.Problem(
        message: "no run \(scope.vault.map { "of the vault \($0)" } ?? place) is remembered",
        fix: "see all that there are: runbook runs; name one by its id")
    case .none:
      guard
        case .several(let found) = archive.choose(
          for: use, in: .everywhere, isCarried: access.isCarriedOrUnknown)
      else {
        throw archive.ids().isEmpty
          ? RunArchive.Problem(
            message: "no run is remembered here", fix: "run a note: runbook exec NOTE.md")
          : RunArchive.Problem(
            message: "no run \(place) is remembered, and with none of elsewhere that can be done",
            fix: "see which there are: runbook runs")
      }
      return try pick(
        found, "no run \(place) is remembered, and this folder is in no vault", canAsk)
    }
  }

  /// So many are shown.
  private static let most = 20

  private func pick(
    _ found: [RunArchive.Candidate], _ reason: String, _ canAsk: Bool
  ) throws -> RunID {
    let shown = found.prefix(Self.most).map(\.id)
    let table = RunTable(shown.compactMap { RunEntry($0, archive, access) }).withAges
    if canAsk, let answer = FrontDoor.askOnce("\(table)\nWhich run? Its id: ") {
      guard let id = shown.first(where: { !answer.isEmpty && $0.text.hasSuffix(answer) }) else {
        throw RunArchive.Problem(
          message: "no run was chosen", fix: "type one of the ids, or name it: \(example(shown))")
      }
      return id
    }
    Output.complain(
      "error: \(reason): which run is meant?\n\(table)\n  fix: name it: \(example(shown))")
    throw ExitStatus.usage
  }

  private func example(_ ids: [RunID]) -> String {
    "runbook \(use.command) \(ids.first.map(archive.name) ?? "RUN")"
  }
}

extension RunUse {
  var command: String {
    switch self {
    case .rollback: "rollback"
    case .cancel: "cancel"
    case .resume: "resume"
    case .attach: "attach"
    case .logs: "logs"
    }
  }
}

extension RunScope {
  fileprivate var vault: String? {
    if case .vault(let root) = self { root } else { nil }
  }
}
