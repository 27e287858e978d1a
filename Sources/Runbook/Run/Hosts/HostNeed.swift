/// What a run needs of a host.
public struct HostNeed: Sendable, Equatable {
  public let host: String
  /// The programs that its blocks are run by, in the order of the note.
  public var programs: [String] = []
  /// A lock to be held there, by its file's name.
  public var lock: String?

  /// Of each host that a step of the plan may run on, in the order of the note.
  public static func all(of plan: Plan, noteTitle: String) -> [HostNeed] {
    var needs: [HostNeed] = []
    func need(_ host: String) -> Int {
      if let index = needs.firstIndex(where: { $0.host == host }) { return index }
      needs.append(HostNeed(host: host))
      return needs.count - 1
    }
    for step in plan.steps where step.exclusion == nil {
      for block in step.blocks where block.options.isRemote {
        guard let host = block.options.host else { continue }
        let index = need(host)
        let program = block.interpreter.program
        if !needs[index].programs.contains(program) { needs[index].programs.append(program) }
      }
    }
    if let host = plan.settings.lockHost, !BlockOptions.isLocal(host) {
      needs[need(host)].lock = HostLock.fileName(plan.settings.lock ?? noteTitle)
    }
    return needs
  }
}
