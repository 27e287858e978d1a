import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// What the shipped workflows call.
enum DeployTools {
  static let areThere =
    SSHServer.isThere
    && ["node", "npm", "rsync", "curl", "git"].allSatisfy { tool in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        access("\($0)/\(tool)", X_OK) == 0
      }
    }
}
