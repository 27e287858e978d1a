import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension StepFolder {
  /// What can be known of the step without its supervisor's pid.
  public var state: StepState {
    let file = platform_open_read(status)
    guard file >= 0 else { return .lost }
    defer { close(file) }
    // The lock first: once it is free, all is written that ever will be.
    guard platform_status_is_locked(file) != 1 else { return .running }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    guard count > 0, let status = StepStatus(parsing: Array(bytes[..<count])) else { return .lost }
    return .ended(status)
  }
}
