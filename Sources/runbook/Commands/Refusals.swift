import Runbook

/// Turns what a command was refused for into words and a status.
enum Refusals {
  /// - Parameter name: what stands in front where the problem has no place.
  static func told(as name: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let problem as VaultProblem {
      throw CheckReport.refuse(
        [Diagnostic(.error, problem.message, file: name, fix: problem.fix)], asJSON: false)
    } catch let error as SystemError {
      throw CheckReport.refuse([Diagnostic(.error, error.description, file: name)], asJSON: false)
    }
  }
}
