import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals that concern a run, taken one by one in its loop.
public final class SignalQueue {
  public let descriptor: Int32

  /// Interrupt, terminate, hang up, quit. The process has one queue.
  public init() throws(SystemError) {
    let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    descriptor = platform_signals_open(signals, Int32(signals.count))
    guard descriptor >= 0 else { throw SystemError("pipe") }
  }

  /// Ignores the signals that end a program which has no use for them, those of limits on files and time included: the
  /// call that goes over a limit fails instead, and that can be told. For the start of a program.
  public static func ignoreOthers() { platform_signals_ignore() }

  /// The next one that came; nil: none did. Never waits.
  public func next() -> Int32? {
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1 ? Int32(byte) : nil
  }

  static func isTermination(_ signal: Int32) -> Bool { signal == SIGTERM }

  static func isHangup(_ signal: Int32) -> Bool { signal == SIGHUP }

  public static func name(_ signal: Int32) -> String {
    [SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP", SIGQUIT: "SIGQUIT"][signal]
      ?? "signal \(signal)"
  }
}
