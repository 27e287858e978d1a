import Runbook

/// The secrets of a run: from the environment or from the run so far, else asked for.
enum SecretPrompt {
  /// All of them, since a later runner, or another terminal that shows a log, may not have this environment.
  ///
  /// - Parameter known: values that are not to be asked for.
  static func ask(
    _ plan: Plan, _ front: FrontDoor, known: [String: String] = [:]
  ) throws -> [String: String] {
    var secrets = known
    for parameter in plan.parameters where parameter.isSecret {
      defer { warn(of: parameter.name, secrets[parameter.name], plan) }
      if let value = parameter.value ?? secrets[parameter.name] {
        secrets[parameter.name] = value
        continue
      }
      guard let value = front.askSecret(parameter.name) else {
        Output.complain(
          Diagnostic(
            .error, "the secret \(parameter.name) has no value", file: plan.file,
            fix: "set \(parameter.name) in the environment, or run in a terminal to be asked"
          ).text)
        Output.complain("Nothing was run.")
        throw ExitStatus.usage
      }
      secrets[parameter.name] = value
    }
    return secrets
  }

  private static func warn(of name: String, _ value: String?, _ plan: Plan) {
    guard let value, !value.isEmpty, value.utf8.count < SecretMask.shortest else { return }
    Output.complain(
      Diagnostic(
        .warning, "the secret \(name) has fewer than \(SecretMask.shortest) bytes", file: plan.file,
        fix:
          "take a longer one: what is so short is in every log by chance, and the dots in its place show where"
      ).text)
  }
}
