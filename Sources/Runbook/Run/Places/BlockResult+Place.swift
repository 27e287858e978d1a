extension BlockResult {
  /// How it ended, with the place of a failure: `Deploy.md:41: npm run build: exit 1`.
  public func told(of block: Block?) -> String {
    guard let place else { return summary }
    let command = block?.lines.text(at: place)
    // `exit 7` says it all.
    let parts = command == summary ? [place.text, summary] : [place.text, command, summary]
    return parts.compactMap(\.self).joined(separator: ": ")
  }
}

extension RunState {
  /// The last try of a step's own block that failed; nil where none did.
  public func failingTry(
    of step: Step
  ) -> (block: BlockRef, role: BlockRole, attempt: BlockProgress.Attempt)? {
    let tries = step.blocks.indices.compactMap { index in
      blocks[BlockRef(step: step.id, index: index)]?.last.map {
        (BlockRef(step: step.id, index: index), step.blocks[index].role, $0)
      }
    }
    return tries.filter { $0.1 != .rollback && $0.1 != .always && $0.2.result?.isSuccess == false }
      .max { $0.2.startUptime < $1.2.startUptime }
  }
}
