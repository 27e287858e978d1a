/// Blocks on other hosts: each is supervised here by way of its follower.
extension Runner {
  /// A follower that is killed is replaced; one that dies of something again and again is not.
  private static let mostFollowers = 3

  /// The block that runs now does so elsewhere.
  var isElsewhere: Bool { runningBlock?.options.runsElsewhere == true }

  private var runningBlock: Block? { state.running.flatMap { plan.block($0.attempt.block) } }

  // MARK: Starting

  /// What stands in for the block on this machine.
  func following(_ launch: StepLaunch, _ block: Block) -> StepLaunch {
    guard let program = world.follower.first else { return launch }
    var launch = launch
    launch.program = program
    launch.arguments = Array(world.follower.dropFirst()) + [launch.folder.path]
    launch.workingDirectory = "/"
    // It has to reach the host before it can say that nothing is left there.
    let margin = block.options.isFleet ? FleetLaunch.stopMargin : HostLaunch.stopMargin
    launch.grace = .seconds(block.options.grace + margin)
    launch.asksLeaderOnly = true
    return launch
  }

  func hostLaunch(_ step: Step, _ block: Block, _ attempt: String) -> HostLaunch? {
    guard block.options.isRemote, let host = block.options.host, let hosts = world.hosts else {
      return nil
    }
    return HostLaunch(
      host: host, client: hosts.client, block: remoteBlock(step, block, attempt), stop: nil)
  }

  /// Nil for a block that runs here.
  ///
  /// - Parameters:
  ///   - attempt: the name of the attempt's first folder.
  ///   - hosts: those of a group.
  func remoteLaunch(
    _ step: Step, _ block: Block, _ attempt: String, hosts: [String]
  ) -> RemoteLaunch? {
    if block.options.isFleet {
      return fleetLaunch(step, block, attempt, hosts: hosts).map { .fleet($0) }
    }
    return hostLaunch(step, block, attempt).map { .host($0) }
  }

  func remoteBlock(_ step: Step, _ block: Block, _ attempt: String) -> RemoteBlock {
    let context = blockEnvironment
    return RemoteBlock(
      run: header.id.text, attempt: attempt,
      interpreter: block.command,
      folder: context.remoteFolder(for: block, step: step, state), names: context.names,
      deadline: supervisorDeadline(step, block), grace: block.options.grace,
      logLimit: plan.settings.logLimit, captures: block.options.capture != nil)
  }

  /// For the supervisor on the host, whose clock is another one: its follower passes it on.
  ///
  /// - Parameter seconds: from now on; nil: none.
  func setHostDeadline(_ seconds: Double?) {
    guard let folder = handle?.folder else { return }
    let text = String(seconds.map { world.clock.uptime + $0 } ?? 0)
    try? WholeFile.replace(folder.limit, with: Array(text.utf8), mode: 0o600)
  }

  // MARK: While it runs

  /// Its time, and that of its silence, counts from when it runs there: how long the way took is not the block's.
  func readBeginning(_ attempt: AttemptRef) {
    guard let folder = handle?.folder, isElsewhere, state.running?.hasBegunThere == false,
      WholeFile.size(folder.begun) != nil
    else { return }
    record(.blockBegan(RunEvent.BlockBegan(attempt: attempt)))
    growth.begin(at: uptime)
    renewLimits(isForHosts: false)
  }

  func readLinkNews(_ attempt: AttemptRef) {
    guard let folder = handle?.folder, let block = runningBlock, block.options.isRemote,
      let host = block.options.host
    else { return }
    for line in linkNews.next(in: folder) {
      record(
        .link(
          RunEvent.Link(attempt: attempt, host: host, isUp: line.isUp, reason: line.reason)))
    }
  }

  // MARK: Its end

  /// False where the follower has ended without finding out about the block.
  func isSettled(_ attempt: AttemptRef, _ status: StepStatus) -> Bool {
    guard let options = plan.block(attempt.block)?.options, options.runsElsewhere, let handle else {
      return true
    }
    switch status.end {
    case .never, .failed: return true
    case .exited, .signalled, .alive:
      return options.isFleet
        ? WholeFile.size(handle.folder.fleetEnd) != nil
        : HostVerdict.read(from: handle.folder) != nil
    }
  }

  /// Follows the block on its host anew, from the first byte of its log: the follower before was killed, and maybe this
  /// machine was down meanwhile. False where that can't be done.
  func follow(_ attempt: AttemptRef) -> Bool {
    guard let running = state.running, let block = plan.block(attempt.block),
      let step = plan.step(attempt.block.step), running.followers < Self.mostFollowers,
      var remote = remoteLaunch(
        step, block, running.origin,
        hosts: hostsOfLast(attempt.block))
    else { return false }
    _ = handle?.killRemainingProcesses()
    remote.stop = running.stopping.map { _ in running.isStoppedAtOnce ? .atOnce : .gently }
    let name = "\(running.origin)-follower-\(running.followers + 2)"
    do {
      var launch = self.launch(step, block, folder.step(name))
      if remote.stop != nil {
        launch.deadline = launch.grace + .seconds(2)
      }
      try launch.folder.create(script: block.code)
      try remote.write(to: launch.folder)
      let handle = try StepHandle.launch(launch, supervisor: world.supervisor)
      record(
        .blockFollowed(
          RunEvent.BlockFollowed(attempt: attempt, folder: name, process: handle.process)))
      try syncOrStop()
      try handle.openGate()
      self.handle = handle
    } catch {
      record(
        .warned(RunEvent.Warned(text: "the block on \(remote.place) can't be followed: \(error)")))
      return false
    }
    linkNews = HostLinkNews()
    fleetNews = FleetNews()
    growth.begin(at: uptime)
    renewLimits()
    return true
  }

  /// What the host says counts, not how the follower ended.
  func settle(_ result: inout BlockResult, _ attempt: AttemptRef) {
    guard let block = plan.block(attempt.block) else { return }
    if block.options.isFleet { return settleFleet(&result, attempt) }
    guard block.options.isRemote, let host = block.options.host, let handle else { return }
    guard let verdict = HostVerdict.read(from: handle.folder) else {
      if result.hasRun {
        result.become(
          unknownOn: host, pid: nil, look: look(host),
          "its follower was killed")
      }
      return
    }
    if let lost = verdict.lost {
      record(
        .warned(
          RunEvent.Warned(
            text: "\(lost) bytes that the block on \(host) printed could not be written "
              + "here; the log lacks them")))
    }
    result.take(
      verdict, host: host, look: look(host), stopping: state.running?.stopping)
  }

  /// What shows a person what of this run is there.
  private func look(_ host: String) -> String {
    "\(world.hosts?.client.typed(host) ?? "ssh \(host)") pgrep -af \(header.id.text)"
  }
}
