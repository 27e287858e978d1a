#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program that every block runs under.
public enum StepSupervisor {
  public static let name = "runbook-step"

  /// The path of `runbook-step`: beside the program, or in `../libexec/runbook`; where the program was started by a
  /// link, then also as seen from the file itself. Nil where it is in none of these.
  public static func locate(beside executable: String) -> String? {
    locate(nextTo: executable) ?? resolved(executable).flatMap(locate(nextTo:))
  }

  private static func locate(nextTo executable: String) -> String? {
    let parts = executable.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
    return ["\(folder)/\(name)", "\(folder)/../libexec/runbook/\(name)"]
      .first { access($0, X_OK) == 0 }
  }

  private static func resolved(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
