import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether anybody has a file open for writing, told by the kernel.
enum FileLease: Equatable {
  /// Nobody has; and whoever wants to waits until the lease is given back.
  case granted
  /// Somebody has.
  case refused
  /// It can't be told: not Linux, a network file system, another user's file.
  case unavailable

  static func take(_ file: OpenFile, calls: FileCalls) -> FileLease {
    if calls.takeLease(file.descriptor) == 0 { return .granted }
    return errno == EAGAIN ? .refused : .unavailable
  }

  /// False where somebody waits for the lease to be given back.
  static func stands(_ file: OpenFile) -> Bool { platform_lease_stands(file.descriptor) == 1 }

  static func giveBack(_ file: OpenFile) { _ = platform_lease_return(file.descriptor) }
}
