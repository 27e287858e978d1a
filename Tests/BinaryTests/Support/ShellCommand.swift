import Foundation
import TestSupport

/// A command line as somebody types it, with `runbook` on the path.
enum ShellCommand {
  /// - Parameter folder: the runbook's where nil.
  static func run(
    _ runbook: RunbookBinary, _ command: String, folder: URL? = nil,
    environment added: [String: String] = [:]
  ) async throws -> (status: Int, output: String) {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    var variables = runbook.environment.merging(added) { $1 }
    variables["PATH"] = "\(products):\(variables["PATH"] ?? "/usr/bin:/bin")"
    let result = try await StartedProgram.run(
      ["/bin/sh", "-c", "exec 2>&1; \(command)"], environment: variables,
      folder: (folder ?? runbook.folder).path)
    return (result.status, result.stdout)
  }
}
