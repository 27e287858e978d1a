#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A connection that is being made.
final class HostOpening {
  let host: String
  let link: HostLink
  private(set) var problems: [HostConnections.Problem] = []
  private(set) var isReady = false
  private let began = HostFollower.now

  private let ssh: String

  init(host: String, ssh: String, link: HostLink) {
    self.host = host
    self.ssh = ssh
    self.link = link
  }

  /// Until each is ready or has failed: as long as the slowest takes, and never longer than a connection may take.
  static func finish(_ openings: [HostOpening]) {
    while true {
      let open = openings.filter { !$0.isDecided }
      if open.isEmpty { return }
      var list = open.flatMap { $0.link.descriptors }.map {
        pollfd(fd: $0.descriptor, events: $0.events, revents: 0)
      }
      poll(&list, nfds_t(list.count), 100)
      for opening in open { opening.look() }
    }
  }

  private var isDecided: Bool { isReady || problems.contains { $0.program == nil } }

  private func look() {
    for words in link.pump().news {
      switch words.first {
      case "ready": isReady = true
      case "missing" where words.count > 1:
        let program = words[1]
        problems.append(
          HostConnections.Problem(
            host: host,
            fault: .missing(program, on: host), program: program))
      case "refused": fail(.refused(host, Array(words.dropFirst())))
      case "waiting": waits = true
      default: break
      }
    }
    if isDecided { return }
    if link.isOver {
      fail(.ofClient(host, ssh: ssh, lines: link.complaints, exit: link.process.exitStatus))
    } else if HostFollower.now >= began + limit {
      fail(.timedOut(host, ssh: ssh))
    }
  }

  /// The lock is with this run's last runner, which is about to let go.
  private var waits = false

  private var limit: Double { Double(SSHClient.connectTimeout) + (waits ? 25 : 1) }

  private func fail(_ fault: HostFault) {
    problems.append(HostConnections.Problem(host: host, fault: fault))
  }
}
