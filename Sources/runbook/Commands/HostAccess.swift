import Runbook

/// Connects a run to its hosts, or says why that can't be.
enum HostAccess {
  /// The files that say how the plan's hosts are reached, where nobody else can write to them.
  static func files(
    _ plan: Plan, _ file: NoteFile, _ environment: [String: String]
  ) throws -> HostFiles {
    do {
      return try HostFiles(
        plan, note: file, environment: environment, trust: ProcessContext.trust)
    } catch {
      _ = CheckReport.refuse([Refusals.diagnostic(error, file: plan.file)], asJSON: false)
      Output.complain("Nothing was run.")
      throw ExitStatus.usage
    }
  }

  /// Nil where the plan needs none.
  static func connections(
    _ plan: Plan, run: RunID, file: NoteFile, _ files: HostFiles, environment: [String: String]
  ) throws -> HostConnections? {
    let since = SystemClock().now
    return try HostConnections(
      plan, run: run, note: file, files: files, environment: environment,
      holder:
        "\(ProcessContext.user) on \(ProcessContext.machine) since \(since.date) \(since.time)")
  }

  /// Before anything runs: each host must be there, and fit.
  static func open(
    _ connections: HostConnections?, _ plan: Plan, _ note: Note, _ mask: SecretMask
  ) throws {
    guard let problems = connections?.open(), !problems.isEmpty else { return }
    for problem in problems {
      Output.complain(HostDiagnostic.of(problem, plan: plan, note: note, mask: mask).value.text)
    }
    Output.complain("Nothing was run.")
    connections?.close(cleans: true)
    throw problems.contains { $0.fault.kind == .locked } ? ExitStatus.locked : ExitStatus.usage
  }

  /// For a run that goes on: its blocks connect for themselves where this fails.
  static func reopen(_ connections: HostConnections?, _ mask: SecretMask) {
    for fault in (connections?.open() ?? []).map(\.fault) {
      Output.complain(
        "warning: \(mask.mask(fault.message))\n  fix: \(mask.mask(fault.fix))")
    }
  }

  /// Likewise each host of a group.
  static func open(
    _ fleets: FleetAccess?, _ plan: Plan, _ mask: SecretMask, beside connections: HostConnections?
  ) throws {
    guard let problems = fleets?.open(), !problems.isEmpty else { return }
    for problem in problems {
      Output.complain(HostDiagnostic.of(problem, plan: plan, mask: mask).value.text)
    }
    Output.complain("Nothing was run.")
    connections?.close(cleans: true)
    throw ExitStatus.usage
  }
}
