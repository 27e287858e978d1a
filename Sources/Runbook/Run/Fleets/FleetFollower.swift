import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Stands in on this machine for a block that runs on a group of hosts: has Ansible bring it there, tells of each host as
/// it ends, and prints their logs one after the other.
///
/// It is what `runbook-step` supervises, as a `HostFollower` is. On each host the same supervisor runs the block, which
/// depends neither on it, nor on Ansible, nor on a connection.
public final class FleetFollower {
  private let folder: StepFolder
  private let launch: FleetLaunch
  private let environment: [String: String]
  private let signals: SignalQueue
  private let output: Int32
  private let errors: Int32
  private let place: FleetAnswers.Place
  private var answers: FleetAnswers
  private var begun: Set<String> = []
  private var ended: [String: Bool] = [:]
  /// Before Ansible was started for the last time: a connection that fails now tells nothing of these.
  private var begunBefore: Set<String> = []
  private var faults: [String: HostFault] = [:]
  private var values: [String: String] = [:]
  private var offset: Int64 = 0
  private var stop: HostFollower.Stop?
  /// When Ansible last came to a host.
  private var cameAt: Double = 0
  private var limit = FleetLimit()
  private var complaint: String?
  private var passes = 0

  /// Ansible that gets nothing done is not started again and again.
  private static let mostPasses = 3

  /// Nil where the folder does not describe such a block.
  public convenience init?(
    folder path: String, environment: [String: String]
  ) throws(SystemError) {
    try self.init(
      StepFolder(path: path), environment: environment, output: STDOUT_FILENO,
      errors: STDERR_FILENO)
  }

  init?(
    _ folder: StepFolder, environment: [String: String], output: Int32, errors: Int32
  ) throws(SystemError) {
    self.folder = folder
    self.output = output
    self.errors = errors
    guard let launch = FleetLaunch.read(from: folder) else { return nil }
    self.launch = launch
    self.environment = environment
    place = FleetAnswers.Place(in: launch.origin)
    answers = FleetAnswers(place)
    signals = try SignalQueue()
    if let kind = launch.stop {
      stop = HostFollower.Stop(since: HostFollower.now, isAtOnce: kind == .atOnce)
    }
  }

  /// - Returns: 0 where it went well on each host.
  public func run() -> Int32 {
    // Those that a follower before this one has seen.
    takeAnswers()
    goForward()
    if stop != nil { stopAll() }
    finish()
    return launch.hosts.allSatisfy { ended[$0] == true } ? 0 : 1
  }

  // MARK: Passes

  private func goForward() {
    var fruitless = 0
    while stop == nil, fruitless < Self.mostPasses {
      let (hosts, batches) = launch.pending(ended)
      if hosts.isEmpty { return }
      let before = ended.count
      var job = job(hosts, .quietRun(launch.block, script: script, word: HostLink.drawWord()))
      job.batches = batches
      job.stopsAtFailure = launch.stopsAtFailure
      job.saysWhenItRuns = true
      job.names = launch.block.names.filter { !launch.perHost.contains($0) }
      job.perHost = launch.perHost
      job.begun = hosts.filter(begun.contains)
      attend(job, launch.forks)
      fruitless = ended.count > before ? 0 : fruitless + 1
    }
  }

  /// Each host that may have begun, all at once.
  private func stopAll() {
    guard let stop else { return }
    let hosts = launch.hosts.filter { begun.contains($0) && ended[$0] == nil }
    guard !hosts.isEmpty else { return }
    var job = job(
      hosts, .quietStop(launch.block, atOnce: stop.isAtOnce, word: HostLink.drawWord()))
    job.hasOwnConnections = true
    attend(job, hosts.count)
  }

  private func job(_ hosts: [String], _ program: HostProgram) -> FleetJob {
    passes += 1
    let name = "\(FilePath.name(of: folder.path))-\(passes)"
    var job = FleetJob(
      name: name, folder: "\(folder.path)/pass-\(passes)", hosts: hosts, program: program,
      answers: place)
    job.deadline = launch.block.deadline
    job.limit = folder.limit
    return job
  }

  /// Until Ansible has done it, or it is given up.
  private func attend(_ job: FleetJob, _ forks: Int?) {
    begunBefore = begun
    do {
      let pass = try FleetPass(
        job, launch.ansible, forks: forks, environment: environment)
      let isStopping = stop != nil
      while !pass.isOver, !mustEnd(job, isStopping) {
        SystemClock().wait(for: [signals.descriptor], atMost: 0.1)
        takeSignals()
        takeAnswers()
        if !isStopping { passLimitOn() }
      }
      let wasEnded = !pass.isOver
      pass.end()
      takeAnswers()
      if !wasEnded { complaint = pass.complaint ?? complaint }
    } catch {
      complaint = "Ansible can't be started: \(error)"
    }
  }

  private func mustEnd(_ job: FleetJob, _ isStopping: Bool) -> Bool {
    guard let stop else { return false }
    if !isStopping || job.hosts.allSatisfy({ ended[$0] != nil }) { return true }
    let grace = stop.isAtOnce ? 0 : launch.block.grace
    // How long Ansible takes to start says nothing of a host.
    let time = cameAt > stop.since ? FleetLaunch.stopTime : RemoteLaunch.longestWay
    return HostFollower.now >= max(cameAt, stop.since) + grace + time
  }

  /// Hosts on which the block runs already get the new time by a pass of its own, the others by the job's file.
  private func passLimitOn() {
    guard limit.isNew(in: folder) else { return }
    let hosts = launch.hosts.filter { begun.contains($0) && ended[$0] == nil }
    guard !hosts.isEmpty else { return }
    var job = job(hosts, .quietLimit(launch.block, word: HostLink.drawWord()))
    // What it says of a host is not the block's end.
    job.answers = FleetAnswers.Place(in: job.folder)
    job.tries = 1
    if let pass = try? FleetPass(
      job, launch.ansible, forks: hosts.count, environment: environment)
    {
      limitPasses.append(pass)
    }
  }

  /// They end by themselves, and with this process.
  private var limitPasses: [FleetPass] = []

  private var script: [UInt8] { (try? WholeFile.read(folder.script)) ?? [] }

  private func takeSignals() {
    while signals.next() != nil {
      if stop == nil { stop = HostFollower.Stop(since: HostFollower.now, isAtOnce: false) }
    }
  }

  // MARK: Hosts

  private func takeAnswers() {
    for news in answers.next() {
      switch news {
      case .began(let host):
        cameAt = HostFollower.now
        begin(host)
      case .runs: try? WholeFile.write([], to: folder.begun, mode: 0o600)
      case .ended(let answer): take(answer)
      case .refused(let host, let message):
        begin(host)
        end(
          host, HostVerdict(.unreachable(HostFault(.other, message, fix: "mend the inventory"))))
      }
    }
  }

  private func begin(_ host: String) {
    guard launch.hosts.contains(host), begun.insert(host).inserted else { return }
    tell(FleetNews.Line(host: host))
  }

  private func take(_ answer: FleetAnswer) {
    var verdict = answer.verdict
    if case .unreachable(let fault) = verdict.end, begunBefore.contains(answer.host) {
      verdict.end = .unknown(fault)
    }
    // A pass that was ended could not find out; the one that follows it does.
    if case .unknown(let fault) = verdict.end, stop != nil {
      faults[answer.host] = fault
      return
    }
    var problem: String?
    if launch.block.captures, case .exited(0) = verdict.end {
      switch CapturedOutput.value(of: answer.value) {
      case .success(let value): values[answer.host] = value
      case .failure(let refusal): problem = refusal.reason
      }
    }
    end(answer.host, verdict, took: answer.took, log: answer.log, problem: problem)
  }

  private func end(
    _ host: String, _ verdict: HostVerdict, took: Double = 0, log: [UInt8] = [],
    problem: String? = nil
  ) {
    guard launch.hosts.contains(host), ended[host] == nil else { return }
    var line = FleetNews.Line(host: host, verdict: verdict, problem: problem, took: took)
    let result = BlockResult(line, launch)
    ended[host] = result.isSuccess
    let heading = "── \(host): \(result.summary), \(DurationText.render(seconds: took))\n"
    write(Array(heading.utf8))
    line.logStart = offset
    write(log)
    if let last = log.last, last != UInt8(ascii: "\n") { write([UInt8(ascii: "\n")]) }
    line.logEnd = offset
    tell(line)
  }

  private func finish() {
    let fault = HostFault(
      .other, complaint ?? "it did not answer", fix: "see what `ansible -m ping` says of it")
    for host in launch.hosts where begun.contains(host) && ended[host] == nil {
      end(host, HostVerdict(.unknown(faults[host] ?? fault)))
    }
    if launch.block.captures, let text = try? JSONText.encode(values, isPretty: false) {
      _ = platform_write_all(output, Array("\(text)\n".utf8), text.utf8.count + 1)
    }
    let isDone = launch.hosts.allSatisfy { ended[$0] != nil } || ended.values.contains(false)
    try? WholeFile.replace(
      folder.fleetEnd, with: Array((isDone ? "" : complaint ?? "").utf8), mode: 0o600)
  }

  private func tell(_ line: FleetNews.Line) {
    guard let text = try? JSONText.encode(line, isPretty: false) else { return }
    let file = platform_open_append(folder.hosts)
    guard file >= 0 else { return }
    _ = platform_write_all(file, Array("\(text)\n".utf8), text.utf8.count + 1)
    close(file)
  }

  private func write(_ bytes: [UInt8]) {
    let log = launch.block.captures ? errors : output
    offset += Int64(bytes.count - platform_write_all(log, bytes, bytes.count))
  }
}
