import Foundation
import Glibc
import TestSupport
import Testing

@testable import Runbook

/// A step whose runner was killed: its end must be on disk when it is told, with what it printed, since nothing else
/// knows of it.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"))
struct LoneStepTests {
  /// The step kills the runner itself, so that it surely runs when that happens.
  private static let note = #"""
    ---
    cwd: ../app
    ---
    - [ ] A
      ```bash {capture=X}
      echo x
      kill -9 "$(sed -n 's/^PPid:\t//p' /proc/$PPID/status)"
      while [ ! -e go ]; do sleep 0.02; done
      ```
    - [ ] B
      ```bash
      echo "$X" >> trace
      ```

    """#

  @Test func itsEndIsOnDiskWithItsOutput() async throws {
    let scratch = try CrashScratch()
    try scratch.put(Self.note)
    let killed = try await scratch.run(["exec", "note.md"])
    try #require(killed.status == 137, "\(killed.output)")
    let running = try #require(try scratch.latest?.state.running)
    async let calls = scratch.traced(supervisor: running.process.pid)
    try #require(
      try await eventually { Self.isTraced(running.process.pid) }, "strace did not attach")
    #expect(creat("\(scratch.path)/app/go", 0o600) >= 0)
    let names = try await calls.calls.compactMap { call -> String? in
      guard call.name != "pwrite64" || call.text.contains("exit 0") else { return nil }
      return "\(call.name) \(call.file?.split(separator: "/").last ?? "")"
    }
    let folder = running.folder
    #expect(
      names == [
        "fdatasync log", "fdatasync output", "pwrite64 status", "fdatasync status",
        "fsync \(folder)", "fsync steps",
      ])
    #expect(try await scratch.run(["resume"]).status == 0)
    #expect(scratch.trace == ["x"])
  }

  private static func isTraced(_ pid: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    return status.contains("TracerPid:\t") && !status.contains("TracerPid:\t0\n")
  }
}
