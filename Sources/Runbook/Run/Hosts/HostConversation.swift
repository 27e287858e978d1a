import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is said over one connection between a follower and the program on the host.
final class HostConversation {
  private unowned let follower: HostFollower
  private let link: HostLink
  private let use: SSHClient.Use
  private let began = HostFollower.now
  private var isStopSent: Bool
  private var isStopHeard: Bool
  private var stopSentAt: Double = 0
  private var refusal: HostFault?
  private var isTooSlow = false
  /// The time that a stop may take was over.
  private(set) var isGivenUp = false
  private var lastData = HostFollower.now
  private var lastTick: Double = 0

  /// A shared connection that says nothing for so long hangs, in seconds.
  private static let patience: Double = 5
  /// How long a stop may go unheard before another connection is tried.
  private static let hearing: Double = 1

  init(follower: HostFollower, link: HostLink, _ use: SSHClient.Use, isStopping: Bool) {
    self.follower = follower
    self.link = link
    self.use = use
    isStopSent = isStopping
    isStopHeard = isStopping
  }

  /// Until the connection has ended, or is given up.
  func run() {
    while true {
      wait()
      follower.takeSignals()
      let (data, news) = link.pump()
      if !data.isEmpty {
        follower.take(log: data)
        lastData = HostFollower.now
      }
      for words in news { take(words) }
      if link.hasBegun || follower.lines.isComplete { follower.hasConnected() }
      if link.isOver || mustGiveUp { return }
      talk()
    }
  }

  /// Why it ended too early.
  var fault: HostFault {
    if let refusal { return refusal }
    let host = follower.launch.host
    let ssh = follower.launch.client.typed(host)
    if isTooSlow { return .timedOut(host, ssh: ssh) }
    if link.hasBegun { return .cut(host, ssh: ssh) }
    return .ofClient(host, ssh: ssh, lines: link.complaints, exit: link.process.exitStatus)
  }

  /// False only where nothing of our program can have run.
  var mayHaveBegun: Bool {
    if link.hasBegun { return true }
    if refusal != nil { return false }
    // What ssh itself says of a connection that it could not make is sure; that a shared one ended is not.
    return use == .shares || fault.kind == .other || fault.kind == .timedOut && isTooSlow
  }

  private func take(_ words: [String]) {
    switch words.first {
    case "started": follower.hasBegun(pid: words.count > 1 ? Int32(words[1]) : nil)
    case "heard": isStopHeard = isStopHeard || words.last != "deadline"
    case "refused": refusal = .refused(follower.launch.host, Array(words.dropFirst()))
    default: follower.lines.take(words)
    }
  }

  private func talk() {
    guard link.hasBegun, !follower.lines.isComplete else { return }
    if let stop = follower.stop, !isStopSent {
      isStopSent = true
      stopSentAt = HostFollower.now
      link.send(stop.isAtOnce ? "kill" : "stop")
    } else if let limit = follower.newLimit() {
      link.send("deadline \(limit)")
    } else if HostFollower.now >= lastTick + pause {
      // It looks for more of the log whenever it hears something.
      lastTick = HostFollower.now
      link.send("t")
    }
  }

  /// Seconds until the next look. While the block prints, somebody may be watching.
  private var pause: Double { HostFollower.now < lastData + 3 || isStopSent ? 0.2 : 1 }

  /// The connection is there, but of no use.
  private var mustGiveUp: Bool {
    let now = HostFollower.now
    if let stop = follower.stop {
      if now >= stop.since + follower.stopTime {
        isTooSlow = true
        isGivenUp = true
        return true
      }
      // Begun for another purpose, or nobody hears: a connection of its own is made for the stop.
      if !isStopSent { return !link.hasBegun }
      if !isStopHeard, now >= stopSentAt + Self.hearing { return true }
    }
    let limit = use == .shares ? Self.patience : Double(SSHClient.connectTimeout) + 1
    if !link.hasBegun, !follower.lines.isComplete, refusal == nil, now >= began + limit {
      isTooSlow = true
      return true
    }
    return false
  }

  private func wait() {
    var list = link.descriptors.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
    list.append(pollfd(fd: follower.signals.descriptor, events: Int16(POLLIN), revents: 0))
    poll(&list, nfds_t(list.count), Int32(pause * 1000))
  }
}
