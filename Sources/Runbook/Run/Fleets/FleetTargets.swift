/// Which hosts of a group an attempt at a block goes to.
struct FleetTargets {
  let plan: Plan
  let state: RunState
  let reference: BlockRef
  let block: Block

  /// Where a block of the step on the same group has begun, the last first: only there is something to undo. Nil where
  /// the group itself says who they are.
  var begun: [String]? {
    guard block.role == .rollback, let step = plan.step(reference.step) else { return nil }
    let forward = step.blocks.indices.filter {
      let role = step.blocks[$0].role
      return (role == .run || role == .fallback)
        && step.blocks[$0].options.hosts == block.options.hosts
    }
    guard !forward.isEmpty else { return nil }
    var found: [String] = []
    for index in forward {
      let tries = state.allAttempts(at: BlockRef(step: step.id, index: index))
      for host in tries.flatMap(\.hosts) where host.hasBegun && !found.contains(host.host) {
        found.append(host.host)
      }
    }
    return found.reversed()
  }

  /// Where it has gone well already, since it last went well everywhere: a further try leaves these alone.
  var done: Set<String> {
    let tries = state.allAttempts(at: reference)
    let last = tries.lastIndex { $0.result?.isSuccess == true }.map { $0 + 1 } ?? 0
    return Set(tries[last...].flatMap(\.hosts).filter(\.isSuccess).map(\.host))
  }

  /// What may still run on a host, so that nothing may be undone beside it.
  func barrier(on host: String) -> NamedProcess? {
    guard block.role == .rollback else { return nil }
    return state.survivors.first { $0.host == host }
  }
}
