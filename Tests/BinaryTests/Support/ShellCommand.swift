import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

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
    let record = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "exec 2>&1; \(command)"],
      environment: .custom(
        Dictionary(
          uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        )),
      workingDirectory: FilePath((folder ?? runbook.folder).path), input: .none,
      output: .bytes(limit: 4 << 20), error: .discarded)
    let text = String(decoding: record.standardOutput, as: UTF8.self)
    guard case .exited(let code) = record.terminationStatus else { return (-1, text) }
    return (Int(code), text)
  }
}
