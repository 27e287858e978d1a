import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The container engine of this machine, and an image of its own to build upon: nothing is fetched.
enum ContainerEngine {
  static let isThere = succeeds("docker info")
  /// `scripts/with-containers` has found one that works, or set it up.
  static let isBroughtAlong =
    ProcessInfo.processInfo.environment["RUNBOOK_CONTAINERS"] == "yes" || !environment.isEmpty
  static let base = "localhost/runbook-test-base"

  /// Made once for all tests: busybox, and a link to it for each of its programs.
  private static let made = Task {
    try await Shell.run(
      """
      ! docker image inspect \(base) 2>/dev/null || exit 0
      root=$(mktemp -d)
      trap 'rm -rf "$root"' EXIT
      mkdir "$root/bin" "$root/tmp"
      cp "$(command -v busybox)" "$root/bin/busybox"
      busybox --list | grep -vx busybox | while read -r name; do ln -s busybox "$root/bin/$name"; done
      tar -C "$root" -c . | docker import --change 'ENV PATH=/bin' - \(base)
      """)
  }

  static func makeBase() async throws { _ = try await made.value }

  /// What a login elsewhere needs in its environment to reach the same engine.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { $0.key == "CONTAINERS_CONF" }
  }

  /// Also from a `deinit`, which can't wait for an asynchronous call.
  static func succeeds(_ script: String, _ environment: [String: String] = [:]) -> Bool {
    let settings = environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    let command = "env \(settings) timeout --kill-after=5 60 bash -s >/dev/null 2>&1"
    guard let pipe = popen(command, "w") else { return false }
    fputs(script + "\n", pipe)
    return pclose(pipe) == 0
  }
}
