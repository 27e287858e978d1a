import Foundation

/// A step of `plan --json`, as far as the tests of workflows look at it.
struct PlannedStep: Decodable {
  struct Block: Decodable {
    let line: Int
    let role: String
  }

  let id: String
  let title: String
  let number: String
  let file: String
  let blocks: [Block]
  let children: [PlannedStep]

  struct Plan: Decodable {
    let steps: [PlannedStep]
  }

  /// Those that have blocks of their own, in the order in which they run.
  static func leaves(of json: String) throws -> [PlannedStep] {
    let plan = try JSONDecoder().decode(Plan.self, from: Data(json.utf8))
    return plan.steps.flatMap(\.withDescendants).filter { !$0.blocks.isEmpty }
  }

  private var withDescendants: [PlannedStep] { [self] + children.flatMap(\.withDescendants) }

  var canBeUndone: Bool { blocks.contains { $0.role == "rollback" } }
}
