import Foundation
import TestSupport

/// A program that others find first on their path: it waits for some seconds before it is the real one, once a file is
/// there.
struct SlowProgram {
  /// What the runbook's environment is to have.
  let environment: [String: String]

  /// - Parameter file: relative to the runbook's folder.
  init(_ name: String, once file: String, seconds: Double, _ runbook: RunbookBinary) throws {
    let path = runbook.environment["PATH"] ?? "/usr/bin:/bin"
    let program = try runbook.write(
      "../slow/\(name)",
      """
      #!/bin/sh
      [ ! -e '\(runbook.folder.path)/\(file)' ] || sleep \(seconds)
      PATH='\(path)' exec \(name) "$@"

      """)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    environment = ["PATH": "\(program.deletingLastPathComponent().path):\(path)"]
  }
}
