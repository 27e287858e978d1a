import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The time of a run, and waiting in it. A value of its own, so that tests can let hours pass.
public protocol RunClock: AnyObject {
  /// Seconds awake since some moment: a suspended machine's time does not count.
  var uptime: Double { get }
  /// Seconds asleep since some moment: how long the machine was suspended.
  var asleep: Double { get }
  var now: WallTime { get }
  /// Waits until one of the descriptors is readable, at most so many seconds.
  func wait(for descriptors: [Int32], atMost seconds: Double)
}

/// The system's time.
public final class SystemClock: RunClock {
  public init() {}

  public var uptime: Double { Double(platform_awake_ns()) / 1e9 }

  public var asleep: Double { Double(platform_boot_ns() - platform_awake_ns()) / 1e9 }

  public var now: WallTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  public func wait(for descriptors: [Int32], atMost seconds: Double) {
    var list = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Rounded up: a deadline that is half a millisecond off must not be spun for.
    let milliseconds = Int32(min(max(0, (seconds * 1000).rounded(.up)), 3_600_000))
    poll(&list, nfds_t(list.count), milliseconds)
  }
}
