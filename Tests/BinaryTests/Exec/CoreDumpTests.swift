import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What has a run's secrets in its memory leaves no core dump; a block's own programs do as their user wants.
@Suite(.paced) struct CoreDumpTests {
  /// Linux says it by whom the files of a process in `/proc` belong to: root, where it leaves no dump.
  @Test(.enabled(if: getuid() == 0, "needs root, to run it as another user"))
  func runnerAndSupervisorLeaveNone() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      """
      ---
      cwd: ../app
      ---
      - [ ] Look
        ```bash
        ulimit -c > limit
        read -r _ _ _ runner _ < /proc/$PPID/stat
        stat -c %u /proc/$PPID/environ /proc/$runner/environ /proc/$$/environ > owners
        ```

      """)
    let programs = URL(fileURLWithPath: runbook.program).deletingLastPathComponent().path
    let script =
      // Copied by a program: a descriptor of the tests' own would be inherited by what others start, and the copy busy.
      "cp '\(programs)/runbook' '\(programs)/runbook-step' .. && "
      + "chown -R 65534:65534 .. && ulimit -c > ../limit && exec setpriv --reuid=65534 --regid=65534 "
      + "--clear-groups ../runbook exec note.md"
    let result = try await StartedProgram.run(
      ["/bin/bash", "-c", script], environment: runbook.environment, folder: runbook.folder.path,
      input: [])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("../app/owners") == "0\n0\n65534\n")
    #expect(try runbook.read("../app/limit") == runbook.read("../limit"))
  }
}
