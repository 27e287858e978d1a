#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The time that this thread is at work: on a busy machine too, twice the work is twice the time.
enum ThreadTime {
  static func measure(_ work: () throws -> Void) rethrows -> Duration {
    let start = now
    try work()
    return now - start
  }

  /// So many seconds here, and on a slower machine as much more as it is slower.
  static func limit(_ seconds: Double) -> Duration { .seconds(seconds * max(1, slowness)) }

  /// By what a debug build takes where the limits were chosen.
  private static let slowness: Double = {
    let time = measure {
      var words: [String] = []
      var number: UInt64 = 1
      for _ in 0..<10_000 {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        words.append("word \(number)")
      }
      words.sort()
    }
    return time / .milliseconds(35)
  }()

  private static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
