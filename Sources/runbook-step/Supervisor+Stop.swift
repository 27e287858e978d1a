import CPlatform

extension Supervisor {
  /// What is waited for after an end with 0: the last of a pipeline is often a moment behind the shell.
  private static let settling: Int64 = 20
  /// How long no process may have died before we say that the rest can't be killed.
  private static let patience: Int64 = 2_000
  /// How long the whole may take, whatever dies meanwhile.
  private static let limit: Int64 = 30_000

  /// After an end with 0 the block's services stay, and are named. Without any child nothing is left, and no scan
  /// is needed to know it.
  mutating func lookAtWhatIsLeft() -> [platform_process] {
    let end = platform_awake_ms() + Self.settling
    while reap() {
      let now = platform_awake_ms()
      guard now < end else { return tree().processes }
      platform_step_wait(-1, end - now)
    }
    return []
  }

  /// Ends whatever the block started. Gives what could not be killed.
  mutating func stop() -> [platform_process] {
    // Without a subreaper our children are not all: only a scan knows the others.
    guard reap() || platform_step_is_subreaper() == 0 else { return [] }
    if !killsAtOnce, arguments.grace > 0 { terminate() }
    return killAll()
  }

  /// Asks each process to end, and waits until all have or the grace is over.
  private mutating func terminate() {
    let tree = tree()
    tree.send(.terminate, to: arguments.asksLeaderOnly ? leader : nil)
    // A stopped process acts on nothing but KILL.
    tree.send(.resume)
    let end = platform_awake_ms() + arguments.grace
    while reap() {
      for command in commands.take() { obey(command) }
      let now = platform_awake_ms()
      guard now < end, !killsAtOnce else { return }
      platform_step_wait(files.control, end - now)
    }
  }

  private mutating func killAll() -> [platform_process] {
    let start = platform_awake_ms()
    var lastProgress = start
    var fewest = Int.max
    while true {
      guard reap() || platform_step_is_subreaper() == 0 else { return [] }
      let tree = freeze()
      tree.send(.kill)
      let now = platform_awake_ms()
      if tree.members.count < fewest {
        fewest = tree.members.count
        lastProgress = now
      }
      if tree.members.isEmpty, platform_step_is_subreaper() == 0 { return [] }
      if now - lastProgress > Self.patience || now - start > Self.limit {
        return unkillable(tree)
      }
      platform_step_wait(-1, 10)
    }
  }

  /// Stops everything first: a process killed before its parent would be replaced at once by a loop that
  /// restarts it. Bounded, since what belongs to another user never stops.
  private func freeze() -> ProcessTree {
    var tree = tree()
    for _ in 0..<8 where tree.hasRunning {
      guard tree.send(.stop) else { break }
      tree = self.tree()
    }
    return tree
  }

  private mutating func unkillable(_ tree: ProcessTree) -> [platform_process] {
    guard reap() || platform_step_is_subreaper() == 0 else { return [] }
    // Children that no scan shows: hidden by the way /proc is mounted.
    return tree.members.isEmpty ? [platform_process()] : tree.processes
  }

  private func tree() -> ProcessTree { ProcessTree(leader: leader, mark: platform_mark()) }
}
