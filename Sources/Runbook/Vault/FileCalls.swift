import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The calls whose failure decides what becomes of a note, so that a test can make them fail.
/// Each fails as the system's do: -1, and `errno`.
struct FileCalls: Sendable {
  var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int = { file, bytes in
    #if canImport(Darwin)
      Darwin.write(file, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(file, bytes.baseAddress, bytes.count)
    #else
      Glibc.write(file, bytes.baseAddress, bytes.count)
    #endif
  }

  /// To the disk itself: on macOS fsync leaves the bytes in the drive's cache.
  var sync: @Sendable (Int32) -> Int32 = { file in
    #if canImport(Darwin)
      fcntl(file, F_FULLFSYNC) == 0 ? 0 : fsync(file)
    #else
      fsync(file)
    #endif
  }

  var openUnnamed: @Sendable (String, mode_t) -> Int32 = { folder, mode in
    platform_open_unnamed(folder, UInt32(mode))
  }

  var exchange: @Sendable (Int32, String, String) -> Int32 = { folder, one, other in
    platform_rename_exchange(folder, one, other)
  }

  var renameNew: @Sendable (Int32, String, String) -> Int32 = { folder, from, to in
    platform_rename_new(folder, from, to)
  }

  var takeLease: @Sendable (Int32) -> Int32 = { platform_lease_take($0) }

  static let system = FileCalls()
}
