extension RunState {
  mutating func applyHost(_ event: RunEvent) {
    switch event.kind {
    case .hostStarted(let value):
      change(value.host, of: value.attempt) { $0.startedAt = event.at }
    case .hostEnded(let value):
      change(value.host, of: value.attempt) {
        $0.endedAt = event.at
        $0.result = value.result
        if value.logStart <= value.logEnd { $0.log = value.logStart..<value.logEnd }
      }
    default: break
    }
  }

  private mutating func change(
    _ host: String, of attempt: AttemptRef, _ edit: (inout HostProgress) -> Void
  ) {
    guard let last = blocks[attempt.block]?.attempts.indices.last,
      let index = blocks[attempt.block]?.attempts[last].hosts.firstIndex(where: { $0.host == host })
    else { return }
    blocks[attempt.block].map {
      edit(&blocks[attempt.block, default: $0].attempts[last].hosts[index])
    }
  }
}
