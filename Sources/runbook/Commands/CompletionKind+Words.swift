import ArgumentParser
import Runbook

/// What Tab offers for the values of arguments and options. A completion says nothing, makes nothing and runs
/// nothing: what can't be read has no words.
extension CompletionKind {
  static var note: CompletionKind { .file(extensions: ["md"]) }

  static func values<Value: CaseIterable & RawRepresentable>(
    of type: Value.Type
  ) -> CompletionKind where Value.RawValue == String {
    .list(type.allCases.map(\.rawValue))
  }

  /// The runs with which a command can do what it does, the latest first: those of this place where there are some, as
  /// the command itself means them.
  static func runs(for use: RunUse) -> CompletionKind {
    .words { _, prefix in
      guard let archive = RunArchive(environment: ProcessContext.environment) else { return [] }
      let scope = (try? RunChoice.scope()) ?? .everywhere
      for scope in scope.isOnePlace ? [scope] : [scope, .everywhere] {
        // Whether somebody carries it can't be told without making the file of a lock.
        let found = archive.candidates(
          for: use, in: scope, atMost: limit, onePerNote: false, prefix: prefix,
          isCarried: { _ in false })
        guard found.isEmpty else {
          return found.compactMap {
            CompletionWord($0.id.text, about: about(archive.look(at: $0.id)))
          }
        }
      }
      return []
    }
  }

  /// Steps of the run that the line names.
  static var stepOfRun: CompletionKind {
    .words { line, prefix in
      let name = try? LogsCommand.parse(line.arguments(valueOfOption: false)).runName
      guard let archive = RunArchive(environment: ProcessContext.environment),
        let id = run(name ?? nil, in: archive), let run = try? archive.find(id)
      else { return [] }
      return steps(of: run.plan, prefix)
    }
  }

  /// Steps of the note that the line names.
  static var stepOfNote: CompletionKind {
    .words { line, prefix in
      guard let note = note(in: line),
        let loaded = try? LoadedNote.load(NoteArgument(note), { $0.isChecking = true })
      else { return [] }
      return steps(of: loaded.plan, prefix)
    }
  }

  static var template: CompletionKind {
    .words { line, _ in
      // The second name is that of the note to make.
      guard line.current == 1, let vault = try? Vault(containing: ".", trust: ProcessContext.trust),
        let shelf = try? TemplateShelf(vault: vault)
      else { return [] }
      return shelf.templates.compactMap { CompletionWord($0.name, about: $0.purpose ?? "") }
    }
  }

  /// More than anybody reads.
  private static let limit = 100

  private static func words(
    _ words: @escaping @Sendable (_ line: TypedLine, _ prefix: String) -> [CompletionWord]
  ) -> CompletionKind {
    .custom { typed, index, prefix in
      words(TypedLine(typed, at: index), TypedLine.unquoted(prefix)).map {
        $0.line(for: CompletionShell.requesting)
      }
    }
  }

  private static func run(_ name: String?, in archive: RunArchive) -> String? {
    guard let scope = try? RunChoice.scope(named: name) else { return name }
    return archive.candidates(for: .logs, in: scope, atMost: 1, isCarried: { _ in false })
      .first?.id.text
  }

  private static func about(_ found: RunArchive.Found) -> String {
    guard case .run(let run) = found else { return "unreadable" }
    let note = ProcessContext.shown(run.header.shownPath)
    return "\(note) \(run.state.outcome?.rawValue ?? "not ended")"
  }

  private static func note(in line: TypedLine) -> String? {
    let arguments = line.arguments(valueOfOption: true)
    return switch line.words.first {
    case "exec": try? ExecCommand.parse(arguments).note
    case "plan": try? PlanCommand.parse(arguments).note
    case "deploy": try? DeployCommand.parse(arguments).note()
    default: nil
    }
  }

  /// Each by its ^id, else its text, else its number: the first that finds it.
  private static func steps(of plan: Plan, _ prefix: String) -> [CompletionWord] {
    let selector = StepSelector(plan.steps)
    let wanted = prefix.lowercased()
    return plan.steps.indices.lazy.compactMap { index -> CompletionWord? in
      let step = plan.steps[index]
      let names = [step.id.block, step.title, step.number].compactMap { $0 }
      guard names.contains(where: { $0.lowercased().hasPrefix(wanted) }) else { return nil }
      return names.lazy.filter { !$0.hasPrefix("-") && selector.find($0) == .step(index) }
        .compactMap { name in
          let about = name == step.title ? step.number : "\(step.number) \(step.title)"
          return CompletionWord(name, about: about)
        }.first
    }.prefix(limit).map { $0 }
  }
}
