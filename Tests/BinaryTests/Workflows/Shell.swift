import Foundation
import TestSupport

/// Commands that a test itself calls, to set up and to look.
enum Shell {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// What the command prints, without white space at its ends.
  ///
  /// - Throws: where it ends with another status than 0, or not in time.
  @discardableResult
  static func run(
    _ script: String, in folder: String = "/", environment: [String: String] = [:]
  ) async throws -> String {
    let result = try await StartedProgram.run(
      ["bash", "-euo", "pipefail", "-c", script],
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, folder: folder)
    guard result.status == 0 else {
      throw Failure(
        description: "\(script)\nended with \(result.status): \(result.stdout)\(result.stderr)")
    }
    return result.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
