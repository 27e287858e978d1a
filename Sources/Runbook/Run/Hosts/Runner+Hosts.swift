/// Blocks on other hosts: each is supervised here by way of its follower.
extension Runner {
  /// A follower that is killed is replaced; one that dies of something again and again is not.
  private static let mostFollowers = 3

  var isRemote: Bool { runningBlock?.options.isRemote == true }

  private var runningBlock: Block? { state.running.flatMap { plan.block($0.attempt.block) } }

  // MARK: Starting

  /// What stands in for the block on this machine.
  func following(_ block: StepLaunch) -> StepLaunch {
    guard let hosts = world.hosts else { return block }
    var launch = block
    launch.program = hosts.follower[0]
    launch.arguments = Array(hosts.follower.dropFirst()) + [block.folder.path]
    launch.workingDirectory = "/"
    // It has to reach the host before it can say that nothing is left there.
    launch.grace = block.grace + .seconds(HostLaunch.stopMargin)
    launch.asksLeaderOnly = true
    return launch
  }

  func hostLaunch(_ step: Step, _ block: Block, _ attempt: String) -> HostLaunch? {
    guard block.options.isRemote, let host = block.options.host, let hosts = world.hosts else {
      return nil
    }
    let context = blockEnvironment
    return HostLaunch(
      host: host, client: hosts.client, run: header.id.text, attempt: attempt,
      interpreter: [block.interpreter.program] + block.interpreter.arguments,
      folder: context.remoteFolder(for: block, step: step, state), names: context.names,
      deadline: supervisorDeadline(step, block), grace: block.options.grace,
      logLimit: plan.settings.logLimit, captures: block.options.capture != nil, stop: nil)
  }

  /// For the supervisor on the host, whose clock is another one: its follower passes it on.
  func setHostDeadline(_ seconds: Double) {
    guard let folder = handle?.folder else { return }
    let text = String(world.clock.uptime + seconds)
    try? WholeFile.replace(folder.limit, with: Array(text.utf8), mode: 0o600)
  }

  // MARK: While it runs

  func readLinkNews(_ attempt: AttemptRef) {
    guard let folder = handle?.folder, let host = runningBlock?.options.host, isRemote else {
      return
    }
    for line in linkNews.next(in: folder) {
      record(
        .link(
          RunEvent.Link(attempt: attempt, host: host, isUp: line.isUp, reason: line.reason)))
    }
  }

  // MARK: Its end

  /// False where the follower has ended without finding out about the block.
  func isSettled(_ attempt: AttemptRef, _ status: StepStatus) -> Bool {
    guard let block = plan.block(attempt.block), block.options.isRemote, let handle else {
      return true
    }
    switch status.end {
    case .never, .failed: return true
    case .exited, .signalled, .alive: return HostVerdict.read(from: handle.folder) != nil
    }
  }

  /// Follows the block on its host anew, from the first byte of its log: the follower before was killed, and maybe this
  /// machine was down meanwhile. False where that can't be done.
  func follow(_ attempt: AttemptRef) -> Bool {
    guard let running = state.running, let block = plan.block(attempt.block),
      let step = plan.step(attempt.block.step), running.followers < Self.mostFollowers,
      var host = hostLaunch(step, block, running.origin)
    else { return false }
    _ = handle?.killRemainingProcesses()
    host.stop = running.stopping.map { _ in running.isStoppedAtOnce ? .atOnce : .gently }
    let name = "\(running.origin)-follower-\(running.followers + 2)"
    do {
      var launch = self.launch(step, block, folder.step(name))
      if host.stop != nil {
        launch.deadline = launch.grace + .seconds(2)
      }
      try launch.folder.create(script: block.code)
      try host.write(to: launch.folder)
      let handle = try StepHandle.launch(launch, supervisor: world.supervisor)
      record(
        .blockFollowed(
          RunEvent.BlockFollowed(attempt: attempt, folder: name, process: handle.process)))
      try syncOrStop()
      try handle.openGate()
      self.handle = handle
    } catch {
      record(
        .warned(RunEvent.Warned(text: "the block on \(host.host) can't be followed: \(error)")))
      return false
    }
    linkNews = HostLinkNews()
    growth.begin(at: uptime)
    renewLimits()
    return true
  }

  /// What the host says counts, not how the follower ended.
  func settle(_ result: inout BlockResult, _ attempt: AttemptRef) {
    guard let block = plan.block(attempt.block), block.options.isRemote,
      let host = block.options.host, let handle
    else { return }
    guard let verdict = HostVerdict.read(from: handle.folder) else {
      if result.hasRun {
        result.become(unknownOn: host, pid: nil, run: header.id, "its follower was killed")
      }
      return
    }
    result.take(verdict, host: host, run: header.id, stopping: state.running?.stopping)
  }
}
