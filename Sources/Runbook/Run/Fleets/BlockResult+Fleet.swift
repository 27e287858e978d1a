extension BlockResult {
  /// What a line of the follower means for its host.
  ///
  /// - Parameter stopping: why the runner asked for a stop.
  init(_ line: FleetNews.Line, _ launch: FleetLaunch, stopping: StopReason? = nil) {
    self.init(took: line.took)
    guard let verdict = line.verdict else { return }
    take(
      verdict, host: line.host, look: Self.look(line.host, launch), stopping: stopping)
    if let why = line.problem { problem = why }
  }

  private static func look(_ host: String, _ launch: FleetLaunch) -> String {
    "ansible \(host) -i \(launch.ansible.inventory.text) -a 'pgrep -af \(launch.block.run)'"
  }

  /// The sum over the hosts of a group.
  ///
  /// - Parameter complaint: Ansible's own, where it did not do its work.
  mutating func take(_ hosts: [HostProgress], complaint: String?, stopping: StopReason?) {
    let results = hosts.compactMap(\.result)
    let failing = results.filter { !$0.isSuccess }
    signal = nil
    hasRun = hosts.contains(where: \.hasBegun)
    left = results.flatMap(\.left)
    survivors = results.flatMap(\.survivors)
    stopped = nil
    guard !failing.isEmpty || results.count < hosts.count else {
      exit = 0
      return
    }
    let isUnknown = failing.contains { $0.isEndUnknown }
    exit = isUnknown ? nil : failing.compactMap(\.exit).first { $0 != 0 }
    stopped = failing.compactMap(\.stopped).first ?? stopping
    place = failing.compactMap(\.place).first
    problem = Self.problem(hosts, complaint)
  }

  /// `exit 1 on web2, not begun on web3`
  private static func problem(_ hosts: [HostProgress], _ complaint: String?) -> String {
    var groups: [(what: String, hosts: [String])] = []
    func add(_ what: String, _ host: String) {
      if let index = groups.firstIndex(where: { $0.what == what }) {
        groups[index].hosts.append(host)
      } else {
        groups.append((what, [host]))
      }
    }
    var told: [String] = []
    for host in hosts {
      if let result = host.result {
        if result.isSuccess { continue }
        // A problem names its host itself.
        if let problem = result.problem, problem.contains(host.host) {
          told.append(problem)
        } else {
          add(result.summary, host.host)
        }
      } else {
        add("not begun", host.host)
      }
    }
    let summed = groups.map { "\($0.what) on \($0.hosts.joined(separator: ", "))" }
    let all = (complaint.map { [$0] } ?? []) + told + summed
    return all.joined(separator: "; ")
  }
}
