/// What of its surroundings decides how a block runs, and what a runner in another terminal has otherwise.
public struct Surroundings: Sendable, Codable, Equatable {
  /// `PATH`, the locale, the time zone, and the timeouts that the environment gave.
  public let environment: [String: String]
  public let umask: Int

  public init(environment: [String: String], umask: Int) {
    self.environment = environment.filter { Self.isKept($0.key) }
    self.umask = umask
  }

  private static func isKept(_ name: String) -> Bool {
    ["PATH", "LANG", "LANGUAGE", "TZ", "RUNBOOK_TIMEOUT", "DEPLOY_TIMEOUT"].contains(name)
      || name.hasPrefix("LC_")
  }

  /// Another environment with these variables as they were, unset ones included.
  public func restored(in environment: [String: String]) -> [String: String] {
    environment.filter { !Self.isKept($0.key) }.merging(self.environment) { $1 }
  }
}
