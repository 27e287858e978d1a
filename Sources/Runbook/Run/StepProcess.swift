import CPlatform

/// A supervisor as the journal remembers it: with its start and the boot, the pid means one process for ever.
public struct StepProcess: Sendable, Codable, Equatable {
  public let pid: Int32
  /// On Linux in clock ticks since the boot, as `/proc/PID/stat` gives it; on macOS in microseconds since 1970.
  public let startTime: UInt64
  public let bootID: String

  public init(pid: Int32, startTime: UInt64, bootID: String) {
    self.pid = pid
    self.startTime = startTime
    self.bootID = bootID
  }

  /// Nil where no such process is.
  init?(reading pid: Int32) {
    var process = platform_process()
    guard platform_process_read(pid, &process) == 0 else { return nil }
    self.init(pid: pid, startTime: process.start, bootID: Self.currentBootID)
  }

  /// The process that asks.
  public static var ofThisProcess: StepProcess? { StepProcess(reading: platform_pid()) }

  /// Whether that very process is there; one that ended and was not reaped yet counts.
  var exists: Bool { StepProcess(reading: pid) == self }

  /// Whether that very process is there and has not ended.
  public var isAlive: Bool {
    var now = platform_process()
    return exists && platform_process_read(pid, &now) == 0 && platform_process_is_dead(&now) == 0
  }

  /// This boot of the machine; empty where the system does not tell.
  static let currentBootID: String = withUnsafeTemporaryAllocation(
    of: CChar.self, capacity: 128
  ) { text in
    guard let start = text.baseAddress, platform_boot_id(start, text.count) == 0 else { return "" }
    return String(cString: start)
  }
}
