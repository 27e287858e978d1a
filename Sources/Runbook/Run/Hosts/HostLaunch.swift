/// What a follower needs to know of an attempt at a block on a host; it reads that from the attempt's folder. Values of
/// variables are not in it: those it has in its environment.
public struct HostLaunch: Sendable, Codable, Equatable {
  public var host: String
  public var client: SSHClient
  public var block: RemoteBlock
  /// Set where it is not to be run but only to be stopped.
  public var stop: Stop?

  public enum Stop: String, Sendable, Codable {
    case gently, atOnce
  }

  /// How much longer than the block's grace a follower gets to end: it may have to connect anew for that.
  static let stopMargin = Double(SSHClient.connectTimeout) + 1

  func write(to folder: StepFolder) throws {
    let text = try JSONText.encode(self, isPretty: false)
    try WholeFile.write(Array(text.utf8), to: folder.host, mode: 0o600)
  }

  static func read(from folder: StepFolder) -> HostLaunch? {
    (try? WholeFile.read(folder.host)).flatMap { JSONText.decode(HostLaunch.self, $0) }
  }
}

extension StepFolder {
  /// Where a block on a host is described for its follower.
  var host: String { path + "/host.json" }
  /// What the follower found out: see `HostVerdict`.
  var verdict: String { path + "/host-end.json" }
  /// Lines about the connection; see `HostLinkNews`.
  var link: String { path + "/link" }
  /// The runner's word on the deadline, for the supervisor on the host.
  var limit: String { path + "/limit" }
}
