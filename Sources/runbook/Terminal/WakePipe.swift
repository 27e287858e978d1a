#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A pipe whose one use is to end another thread's `poll`.
struct WakePipe: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  /// nil where there are no descriptors left.
  init?() {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      // The flags at once, since a step spawned in between would inherit the pipe; `pipe2` can't be
      // imported, a pair of sockets does the same.
      let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
      guard socketpair(AF_UNIX, Int32(bitPattern: kind), 0, &ends) == 0 else { return nil }
    #else
      guard pipe(&ends) == 0 else { return nil }
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    #endif
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// Never blocks: a full pipe wakes as well as one byte more would.
  func wake() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes back what woke.
  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) == bytes.count {}
  }

  /// Whether it was woken within so many milliseconds; that stays so until `drain`.
  func wait(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  func close() {
    _ = closeDescriptor(readEnd)
    _ = closeDescriptor(writeEnd)
  }

  private func closeDescriptor(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #elseif canImport(Musl)
      Musl.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}
