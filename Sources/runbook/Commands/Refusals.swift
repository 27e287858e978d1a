import Runbook

/// Turns what a command was refused for into words and a status.
enum Refusals {
  /// - Parameter name: what stands in front where the problem has no place.
  static func told(as name: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error where error is VaultProblem || error is SystemError {
      throw CheckReport.refuse([diagnostic(error, file: name)], asJSON: false)
    }
  }

  /// With what to do about it, where that is known.
  static func diagnostic(_ error: any Error, file: String) -> Diagnostic {
    let problem = error as? VaultProblem
    return Diagnostic(.error, problem?.message ?? "\(error)", file: file, fix: problem?.fix)
  }

  /// Whoever has settings means them: with a mistake in them nothing is done.
  static func ofUserSettings() throws {
    do {
      _ = try ProcessContext.userSettings.get()
    } catch let problem as UserSettings.Problem {
      throw CheckReport.refuse(problem.diagnostics, asJSON: false)
    } catch {
      throw CheckReport.refuse([diagnostic(error, file: "settings")], asJSON: false)
    }
  }
}
