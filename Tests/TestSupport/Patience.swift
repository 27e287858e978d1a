#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How long a test waits for what must come before it says that it never will. A test that passes waits only as long as
/// it takes, so this is far above what the slowest machine needs. No test has a limit of its own.
public enum Patience {
  /// Seconds; `RUNBOOK_PATIENCE` in the environment says otherwise, for whoever looks for a hang.
  public static let seconds =
    getenv("RUNBOOK_PATIENCE").flatMap { Double(String(cString: $0)) } ?? 180

  /// For `poll`.
  public static let milliseconds = Int32(seconds * 1000)

  /// For a program that may do much: a deploy, a build.
  public static let forPrograms = seconds * 3
}
