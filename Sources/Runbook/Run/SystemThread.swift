#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread of the system's. Signals are for the first one; SIGTTOU too: where the terminal stops background output,
/// another thread may be writing as the program goes there.
public struct SystemThread: @unchecked Sendable {
  private let id: pthread_t

  /// Begins with `body`; nil where the system has no thread to give.
  public init?(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    #if canImport(Darwin)
      var id: pthread_t?
      let status = pthread_create(&id, nil, threadMain, box.toOpaque())
      guard status == 0, let id else {
        box.release()
        return nil
      }
    #else
      var id = pthread_t()
      guard pthread_create(&id, nil, threadMain, box.toOpaque()) == 0 else {
        box.release()
        return nil
      }
    #endif
    self.id = id
  }

  /// Waits for its end. To be called once.
  public func join() { pthread_join(id, nil) }
}

private final class ThreadBody: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func run() {
    var all = sigset_t()
    sigfillset(&all)
    for signal in [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV] { sigdelset(&all, signal) }
    pthread_sigmask(SIG_BLOCK, &all, nil)
    body()
  }
}

#if canImport(Darwin)
  private func threadMain(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run()
    return nil
  }
#else
  private func threadMain(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run() }
    return nil
  }
#endif
