/// A hash of a block, so that a change of what it executes is noticed and a change of anything else is not.
enum BlockDigest {
  /// Attributes count as written, not as expanded: another `--set SERVER=` is no change of the note.
  static func of(
    role: BlockRole, command: [String], attributes: [String: String], code: [UInt8]
  ) -> String {
    var fields = [role.rawValue] + command
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { fields += [name, value] }
    return ContentDigest.sha256(joined(fields) + code)
  }

  /// Each field with its length in front, so that no two lists of fields are the same bytes.
  private static func joined(_ fields: [String]) -> [UInt8] {
    fields.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
  }
}
