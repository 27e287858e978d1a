#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The drawn tests have a long form, which `make torture` runs, and a short one, which shows that they work.
public enum LongForm {
  public static let isWanted = getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long"
}
