/// What a follower needs to know of an attempt at a block on a group of hosts; it reads that from the attempt's folder.
/// Values of variables are not in it: those it has in its environment.
public struct FleetLaunch: Sendable, Codable, Equatable {
  /// In the order in which they are taken.
  public var hosts: [String]
  /// How many at a time are taken to their end; nil: all.
  public var serial: Int?
  /// How many connections at a time; nil: as Ansible has it.
  public var forks: Int?
  /// No further batch is begun once a host has failed.
  public var stopsAtFailure: Bool
  /// Variables of which each host has a value of its own.
  public var perHost: [String]
  public var ansible: Ansible
  public var block: RemoteBlock
  /// The folder of the attempt's first follower, where the answers are.
  public var origin: String
  /// Set where it is not to be run but only to be stopped.
  public var stop: HostLaunch.Stop?

  /// How much longer than the block's grace a follower gets to end: Ansible has to be started, and to connect anew.
  static let stopMargin = RemoteLaunch.longestWay + stopTime + 2
  /// How long it may take, above the grace, to know that a block was stopped, once Ansible has come to the hosts.
  static let stopTime = Double(SSHClient.connectTimeout) + 8

  func write(to folder: StepFolder) throws {
    let text = try JSONText.encode(self, isPretty: false)
    try WholeFile.write(Array(text.utf8), to: folder.fleet, mode: 0o600)
  }

  static func read(from folder: StepFolder) -> FleetLaunch? {
    (try? WholeFile.read(folder.fleet)).flatMap { JSONText.decode(FleetLaunch.self, $0) }
  }

  var batches: [[String]] {
    let size = max(1, serial ?? hosts.count)
    return stride(from: 0, to: hosts.count, by: size).map {
      Array(hosts[$0..<min($0 + size, hosts.count)])
    }
  }

  /// The hosts that are still to be taken, and how many of them at a time.
  ///
  /// - Parameter ended: whether it went well, for each that has ended.
  func pending(_ ended: [String: Bool]) -> (hosts: [String], batches: [Int]) {
    var open: [[String]] = []
    for batch in batches {
      let rest = batch.filter { ended[$0] == nil }
      if !rest.isEmpty { open.append(rest) }
      if stopsAtFailure, batch.contains(where: { ended[$0] == false }) { break }
    }
    return (open.flatMap(\.self), open.map(\.count))
  }
}

extension StepFolder {
  /// Where a block on a group of hosts is described for its follower.
  var fleet: String { path + "/fleet.json" }
  /// Lines about the hosts, for the runner; see `FleetNews`.
  var hosts: String { path + "/hosts.jsonl" }
  /// Is there once the follower knows all that it will; what went wrong on the whole is in it.
  var fleetEnd: String { path + "/fleet-end" }
}
