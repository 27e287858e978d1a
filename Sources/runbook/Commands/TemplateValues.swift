import ArgumentParser
import Runbook

/// `--set NAME=VALUE` of templates.
enum TemplateValues {
  static func validate(_ assignments: [String]) throws {
    var names: Set<String> = []
    for text in assignments {
      guard let equals = text.firstIndex(of: "="), VariableName.isValid(text[..<equals]) else {
        throw ValidationError("--set \(text): write NAME=value")
      }
      guard names.insert(String(text[..<equals])).inserted else {
        throw ValidationError("--set \(text[..<equals]) is given twice")
      }
    }
  }

  static func read(_ assignments: [String]) -> [String: String] {
    Dictionary(
      assignments.compactMap { text in
        text.firstIndex(of: "=").map {
          (String(text[..<$0]), String(text[text.index(after: $0)...]))
        }
      }, uniquingKeysWith: { $1 })
  }
}
