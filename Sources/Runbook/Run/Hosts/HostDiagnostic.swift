/// A host's problem, told where the note names the host.
public enum HostDiagnostic {
  public static func of(
    _ problem: HostConnections.Problem, plan: Plan, note: Note, mask: SecretMask
  ) -> Masked<Diagnostic> {
    mask.mask(diagnostic(problem, plan, note))
  }

  private static func diagnostic(
    _ problem: HostConnections.Problem, _ plan: Plan, _ note: Note
  ) -> Diagnostic {
    let fault = problem.fault
    let block = plan.steps.lazy.filter { $0.exclusion == nil }.flatMap(\.blocks).first { block in
      block.options.host == problem.host
        && (problem.program == nil || block.interpreter.program == problem.program)
    }
    if let block { return Diagnostic(.error, fault.message, at: block.place, fix: fault.fix) }
    guard let entry = note.frontMatter?.entries.first(where: { $0.key == "lock_host" }) else {
      return Diagnostic(.error, fault.message, file: plan.file, fix: fault.fix)
    }
    let line = note.lines.content(of: entry.lines.lowerBound).trimmed(in: note.bytes)
    return Diagnostic(
      .error, fault.message, file: plan.file, note: note, range: line, fix: fault.fix)
  }

  public static func of(
    _ problem: FleetAccess.Problem, plan: Plan, mask: SecretMask
  ) -> Masked<Diagnostic> {
    mask.mask(diagnostic(problem, plan))
  }

  private static func diagnostic(_ problem: FleetAccess.Problem, _ plan: Plan) -> Diagnostic {
    let block = plan.fleetBlocks.first { block in
      block.options.hosts == problem.pattern
        && (problem.program == nil || block.interpreter.program == problem.program)
    }
    guard let block else {
      return Diagnostic(.error, problem.fault.message, file: plan.file, fix: problem.fault.fix)
    }
    return Diagnostic(.error, problem.fault.message, at: block.place, fix: problem.fault.fix)
  }
}
