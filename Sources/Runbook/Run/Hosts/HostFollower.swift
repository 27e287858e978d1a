import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Stands in on this machine for a block that runs on a host: starts it there, follows its log to its own standard output
/// and error, and ends with its status.
///
/// It is what `runbook-step` supervises, so a block on a host is adopted, limited and stopped as every other one is. The
/// block itself depends neither on it nor on the connection: where that is cut it connects again, and goes on from the
/// byte where the log stopped.
public final class HostFollower {
  let folder: StepFolder
  let launch: HostLaunch
  let environment: [String: String]
  let signals: SignalQueue
  var offset: Int64 = 0
  /// The block may have begun: from now on nothing but its end is an end.
  var mayHaveBegun = false
  var pid: Int32?
  var stop: Stop?
  var verdict: HostVerdict?
  var lines = HostNews()
  private var isConnected: Bool?
  private var failures = 0
  private var lastFault: HostFault?
  private var limit: String?
  /// Where the block's standard output and error go.
  private let output: Int32
  private let errors: Int32

  struct Stop {
    /// By the clock of this machine's time awake, in seconds.
    let since: Double
    let isAtOnce: Bool
  }

  /// Nil where the folder does not describe such a block.
  public convenience init?(folder: String, environment: [String: String]) throws(SystemError) {
    try self.init(
      StepFolder(path: folder), environment: environment, output: STDOUT_FILENO,
      errors: STDERR_FILENO)
  }

  init?(
    _ folder: StepFolder, environment: [String: String], output: Int32, errors: Int32
  ) throws(SystemError) {
    self.folder = folder
    self.output = output
    self.errors = errors
    guard let launch = HostLaunch.read(from: folder) else { return nil }
    self.launch = launch
    self.environment = environment
    signals = try SignalQueue()
    if let kind = launch.stop { stop = Stop(since: Self.now, isAtOnce: kind == .atOnce) }
    mayHaveBegun = stop != nil
  }

  /// Bytes of what it printed that could not be written here.
  private var lost = 0

  static var now: Double { Double(platform_awake_ns()) / 1e9 }

  /// - Returns: the block's exit status, 1 where there is none.
  public func run() -> Int32 {
    // A log that fills the disk must leave room for how its block ended.
    let room = "\(folder.path)/room"
    try? WholeFile.write([UInt8](repeating: 0, count: 8192), to: room, mode: 0o600)
    while verdict == nil {
      let use: SSHClient.Use = failures == 0 && stop == nil ? .shares : .own
      follow(use)
      if verdict == nil, failures > 0 { pause(for: min(5, 0.25 * Double(failures * failures))) }
    }
    verdict?.lost = lost > 0 ? lost : nil
    unlink(room)
    if let verdict { try? verdict.write(to: folder) }
    if case .exited(let status) = verdict?.end { return Int32(truncatingIfNeeded: status) }
    return 1
  }

  /// One connection, from its beginning to its end.
  private func follow(_ use: SSHClient.Use) {
    let isStopping = stop != nil
    lines = HostNews()
    let link: HostLink
    do throws(SystemError) {
      link = try HostLink(
        launch.client.words(host: launch.host, use), program(), environment: ownEnvironment,
        hasOwnSession: false)
    } catch {
      verdict = end(
        HostFault(.other, "ssh can't be started: \(error)", fix: "install the ssh client"))
      return
    }
    let conversation = HostConversation(follower: self, link: link, use, isStopping: isStopping)
    conversation.run()
    take(conversation, use)
  }

  /// Without the values of the run, which go through the connection.
  private var ownEnvironment: [String: String] {
    let values = Set(launch.block.names.filter { !$0.hasPrefix("RUNBOOK") })
    return environment.filter { !values.contains($0.key) }
  }

  private func program() -> HostProgram {
    let word = HostLink.drawWord()
    if let stop {
      return .stop(launch, atOnce: stop.isAtOnce, word: word, offset: offset)
    }
    let script = (try? WholeFile.read(folder.script)) ?? []
    return .run(launch, script: script, values: environment, word: word, offset: offset)
  }

  // MARK: The end of a connection

  private func take(_ conversation: HostConversation, _ use: SSHClient.Use) {
    if let found = lines.verdict(sent: offset) {
      verdict = found
      verdict?.pid = pid
      write(lines.output, to: output)
      return
    }
    if verdict != nil { return }
    // One that was given up tells less than one that was refused.
    let fault = conversation.isGivenUp ? lastFault ?? conversation.fault : conversation.fault
    lastFault = fault
    if !mayHaveBegun { mayHaveBegun = conversation.mayHaveBegun }
    failures += 1
    if isConnected == true { tell(isConnected: false, fault.message) }
    if let stop, Self.now >= stop.since + stopTime {
      verdict = end(fault)
    } else if !mayHaveBegun, use == .own || fault.kind == .unfit || fault.kind == .locked {
      // Nothing has begun, and another connection would fare no better.
      verdict = end(fault)
    }
  }

  private func end(_ fault: HostFault) -> HostVerdict {
    var verdict = HostVerdict(mayHaveBegun ? .unknown(fault) : .unreachable(fault))
    verdict.pid = pid
    return verdict
  }

  /// How long it may take to know that the block was stopped, in seconds.
  var stopTime: Double {
    (stop?.isAtOnce == true ? 0 : launch.block.grace) + Double(SSHClient.connectTimeout)
  }

  func hasConnected() {
    failures = 0
    lastFault = nil
    mayHaveBegun = true
    if isConnected == false { tell(isConnected: true, "") }
    isConnected = true
  }

  /// The block runs there: for the runner, which counts its time from here.
  func hasBegun(pid: Int32?) {
    self.pid = pid
    try? WholeFile.write([], to: folder.begun, mode: 0o600)
  }

  /// For the runner, which puts it into the journal.
  private func tell(isConnected: Bool, _ reason: String) {
    self.isConnected = isConnected
    let line = "\(isConnected ? "back" : "lost") \(reason)\n"
    let file = platform_open_append(folder.link)
    guard file >= 0 else { return }
    let bytes = Array(line.utf8)
    _ = platform_write_all(file, bytes, bytes.count)
    close(file)
  }

  // MARK: The world

  /// Whether somebody has asked for the end since the last look.
  func takeSignals() {
    while signals.next() != nil {
      if stop == nil { stop = Stop(since: Self.now, isAtOnce: false) }
    }
  }

  private func pause(for seconds: Double) {
    let end = Self.now + seconds
    while Self.now < end {
      let before = stop == nil
      takeSignals()
      if before, stop != nil { return }
      if let stop, Self.now >= stop.since + stopTime { return }
      SystemClock().wait(for: [signals.descriptor], atMost: min(1, end - Self.now))
    }
  }

  /// A new deadline that the runner has set, in hundredths of a second from now; nil: it has not.
  func newLimit() -> Int? {
    guard let bytes = try? WholeFile.read(folder.limit, limit: 64) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text != limit, let at = Double(text) else { return nil }
    limit = text
    return at == 0 ? 0 : max(1, Int(((at - Self.now) * 100).rounded(.up)))
  }

  func take(log bytes: [UInt8]) {
    write(bytes, to: launch.block.captures ? errors : output)
    offset += Int64(bytes.count)
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) {
    lost += platform_write_all(descriptor, bytes, bytes.count)
  }
}
