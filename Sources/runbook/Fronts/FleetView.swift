import Runbook

/// The hosts of a group while a block runs on them.
enum FleetView {
  /// A line a host, in their order; where there are too many, those that go on or have failed before the others.
  static func lines(_ hosts: [HostProgress], most: Int) -> [String] {
    guard hosts.count > most else { return aligned(hosts) }
    let ranked = hosts.indices.sorted { (rank(hosts[$0]), $0) < (rank(hosts[$1]), $1) }
    let shown = ranked.prefix(most - 1).sorted().map { hosts[$0] }
    let rest = ranked.dropFirst(most - 1).map { hosts[$0] }
    let done = rest.count { $0.result != nil }
    return aligned(shown) + ["… \(rest.count) more: \(done) done, \(rest.count - done) to do"]
  }

  private static func aligned(_ hosts: [HostProgress]) -> [String] {
    let width = hosts.map { $0.host.count }.max() ?? 0
    return hosts.map { host in
      let name = host.host + String(repeating: " ", count: width - host.host.count)
      return "\(name)  \(text(host))"
    }
  }

  private static func text(_ host: HostProgress) -> String {
    guard let result = host.result else {
      return host.startedAt.map { "running since \($0.time)" } ?? "waits"
    }
    return (result.isSuccess ? "done" : result.summary) + ", " + Elapsed.text(result.took)
  }

  private static func rank(_ host: HostProgress) -> Int {
    guard let result = host.result else { return host.startedAt == nil ? 2 : 1 }
    return result.isSuccess ? 3 : 0
  }
}
