/// Hashes of what can execute, so that a change of it is noticed and a change of anything else is not.
enum PlanDigest {
  /// Attributes count as written, not as expanded: another `--set SERVER=` is no change of the note.
  static func block(
    role: BlockRole, interpreter: Interpreter, attributes: [String: String], code: [UInt8]
  ) -> String {
    var fields = [role.rawValue, interpreter.program] + interpreter.arguments
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { fields += [name, value] }
    return ContentDigest.sha256(joined(fields) + code)
  }

  static func plan(
    _ steps: [Step], _ settings: Settings, _ declarations: [ParameterDeclaration]
  ) -> String {
    var fields = [
      settings.cwd ?? "",
      settings.shell.map { ([$0.program] + $0.arguments).joined(separator: " ") } ?? "",
      settings.host ?? "", settings.sshConfig ?? "", settings.inventory ?? "",
      settings.notify ?? "", settings.lock ?? "", settings.lockHost ?? "",
    ]
    for declaration in declarations {
      fields += [declaration.name, declaration.defaultValue ?? ""]
    }
    for step in steps {
      fields += [step.number, step.condition?.reasonWhenFalse ?? "", step.confirm?.source ?? ""]
      fields += step.blocks.map(\.digest)
    }
    return ContentDigest.sha256(joined(fields))
  }

  /// Each field with its length in front, so that no two lists of fields are the same bytes.
  private static func joined(_ fields: [String]) -> [UInt8] {
    fields.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
  }
}
