import Runbook

/// Asks for the secrets that neither the environment nor the run has.
enum SecretPrompt {
  /// - Parameter known: values that are not to be asked for.
  static func ask(
    _ plan: Plan, _ front: FrontDoor, known: [String: String] = [:]
  ) throws -> [String: String] {
    var secrets = known
    for parameter in plan.parameters
    where parameter.isSecret && parameter.value == nil && secrets[parameter.name] == nil {
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
}
