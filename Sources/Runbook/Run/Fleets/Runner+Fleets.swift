#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Blocks on groups of hosts: each is supervised here by way of its follower, which has Ansible bring it there.
extension Runner {
  /// - Parameter origin: the folder of the attempt's first follower.
  func fleetLaunch(
    _ step: Step, _ block: Block, _ origin: String, hosts: [String]
  ) -> FleetLaunch? {
    guard let fleets = world.fleets else { return nil }
    return FleetLaunch(
      hosts: hosts, serial: block.options.serial, forks: block.options.forks,
      stopsAtFailure: block.role.isForward && block.role != .doneIf,
      perHost: plan.fleetCaptures, ansible: fleets.ansible,
      block: remoteBlock(step, block, origin), origin: folder.step(origin).path, stop: nil)
  }

  /// Those that this attempt is for, and those that it would be for if nothing ran on there. Nil for a block of one host.
  func fleetHosts(
    _ attempt: AttemptRef, _ block: Block
  ) throws(HostFault) -> (hosts: [String], barred: [NamedProcess])? {
    guard let pattern = block.options.hosts, let fleets = world.fleets else { return nil }
    let targets = FleetTargets(plan: plan, state: state, reference: attempt.block, block: block)
    let all: [String]
    if let begun = targets.begun { all = begun } else { all = try fleets.hosts(pattern) }
    let wanted = all.filter { !targets.done.contains($0) }
    let barred = wanted.compactMap { targets.barrier(on: $0) }
    let hosts = wanted.filter { host in !barred.contains { $0.host == host } }
    guard !hosts.isEmpty else {
      let why = barred.first.map(Self.whyBarred) ?? "no host of \(pattern) is left"
      throw HostFault(.unfit, why, fix: "see what runs there")
    }
    return (hosts, barred)
  }

  /// Those of the last try that were not left out.
  func hostsOfLast(_ block: BlockRef) -> [String] {
    (state.blocks[block]?.last?.hosts ?? []).filter { $0.startedAt != nil || $0.result == nil }
      .map(\.host)
  }

  private static func whyBarred(_ process: NamedProcess) -> String {
    process.isSure ? "\(process.text) could not be stopped" : "\(process.text) may still run"
  }

  /// A host where something may still run is left out, and counts as failed.
  func recordBarred(_ barred: [NamedProcess], _ attempt: AttemptRef) {
    for process in barred {
      var result = BlockResult(took: 0)
      result.hasRun = false
      result.problem = "left out: \(Self.whyBarred(process))"
      record(
        .hostEnded(
          RunEvent.HostEnded(
            attempt: attempt, host: process.host ?? "", result: result, logStart: 0, logEnd: 0)))
    }
  }

  // MARK: While it runs

  /// Takes in what the follower has told of hosts since the last look.
  func readFleetNews(_ attempt: AttemptRef) {
    guard let folder = handle?.folder, plan.block(attempt.block)?.options.isFleet == true,
      let launch = FleetLaunch.read(from: folder)
    else { return }
    for line in fleetNews.next(in: folder) {
      // A follower that took over tells of all of them again.
      let known = state.blocks[attempt.block]?.last?.hosts.first { $0.host == line.host }
      if known?.startedAt == nil {
        record(.hostStarted(RunEvent.HostStarted(attempt: attempt, host: line.host)))
      }
      guard line.verdict != nil, known?.result == nil else { continue }
      var result = BlockResult(line, launch, stopping: state.running?.stopping)
      result.place = place(of: result, on: line, attempt)
      record(
        .hostEnded(
          RunEvent.HostEnded(
            attempt: attempt, host: line.host, result: result,
            logStart: line.logStart, logEnd: line.logEnd)))
    }
  }

  // MARK: Its end

  /// What the hosts say counts, not how the follower ended.
  func settleFleet(_ result: inout BlockResult, _ attempt: AttemptRef) {
    guard let handle else { return }
    guard let end = try? WholeFile.read(handle.folder.fleetEnd) else {
      if !result.hasRun { return }
      result.exit = nil
      result.signal = nil
      result.problem = "its follower was killed; how it ended is unknown"
      result.survivors = (state.blocks[attempt.block]?.last?.hosts ?? [])
        .filter { $0.hasBegun && $0.result == nil }
        .map { NamedProcess(pid: 0, name: "", host: $0.host) }
      return
    }
    readFleetNews(attempt)
    let complaint = PlainText.line(String(decoding: end, as: UTF8.self))
    result.take(
      state.blocks[attempt.block]?.last?.hosts ?? [],
      complaint: complaint.isEmpty ? nil : complaint, stopping: state.running?.stopping)
    // The raw answers may hold secrets; what they said is in the log, which is masked.
    FleetAnswers.Place(in: folder.step(state.running?.origin ?? "").path).remove()
  }

  /// A host's value is kept where it went well, also if another failed: undoing needs it.
  func captureOfFleet(_ name: String) throws {
    guard let handle,
      let new = JSONText.decode(
        [String: String].self, try WholeFile.read(handle.folder.output)), !new.isEmpty
    else { return }
    let old = JSONText.decode([String: String].self, Array((store.values[name] ?? "").utf8)) ?? [:]
    let value = try JSONText.encode(old.merging(new) { $1 }, isPretty: false)
    guard value.utf8.count <= CapturedOutput.limit else {
      throw CapturedOutput.Refusal(reason: "the hosts printed more than 64 KiB for capture")
    }
    try keep(value, as: name)
  }
}
