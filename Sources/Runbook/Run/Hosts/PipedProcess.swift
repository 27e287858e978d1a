import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program with pipes to all three of its standard descriptors; none of ours ever blocks.
final class PipedProcess {
  let pid: pid_t
  private(set) var input: Int32
  private(set) var output: Int32
  private(set) var errors: Int32
  /// Its wait status, once it has ended and was reaped.
  private(set) var waitStatus: Int32?

  /// - Parameter hasOwnSession: a key that is pressed in our terminal does not reach it.
  init(
    _ words: [String], environment: [String: String], hasOwnSession: Bool
  ) throws(SystemError) {
    // It may end before it has read all that it is given.
    signal(SIGPIPE, SIG_IGN)
    var pipes: [(read: Int32, write: Int32)] = []
    for _ in 0..<3 {
      do throws(SystemError) {
        pipes.append(try Self.pipe())
      } catch {
        for pipe in pipes { Self.close(pipe) }
        throw error
      }
    }
    let child = (pipes[0].read, pipes[1].write, pipes[2].write)
    var pid: pid_t = 0
    let code = Self.spawn(words, environment, child, hasOwnSession, &pid)
    guard code == 0 else {
      for pipe in pipes { Self.close(pipe) }
      throw SystemError("posix_spawn", path: words[0], code: code)
    }
    for descriptor in [child.0, child.1, child.2] { _ = Self.closeOne(descriptor) }
    self.pid = pid
    input = pipes[0].write
    output = pipes[1].read
    errors = pipes[2].read
    for descriptor in [input, output, errors] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit {
    kill(SIGKILL)
    closeInput()
    closeOutput()
    closeErrors()
    if waitStatus == nil { _ = waitpid(pid, nil, 0) }
  }

  func kill(_ signal: Int32) {
    if !hasEnded { _ = platform_signal_process(pid, signal) }
  }

  /// With all of its session that is in its group; it must have one of its own.
  func killSession() {
    // Not reaped yet, so the number is still its.
    if waitStatus == nil { _ = platform_signal_process(-pid, SIGKILL) }
  }

  /// Never waits.
  var hasEnded: Bool {
    if waitStatus != nil { return true }
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return false }
    waitStatus = status
    return true
  }

  /// Waits for its end, at most so many seconds; then its session is killed.
  ///
  /// - Returns: whether it ended by itself.
  @discardableResult
  func finish(within seconds: Double) -> Bool {
    let end = HostFollower.now + seconds
    while !hasEnded, HostFollower.now < end { SystemClock().wait(for: [], atMost: 0.02) }
    if hasEnded { return true }
    killSession()
    return false
  }

  /// The exit status; nil while it runs, and where a signal ended it.
  var exitStatus: Int32? {
    waitStatus.flatMap { $0 & 0x7F == 0 ? ($0 >> 8) & 0xFF : nil }
  }

  func closeInput() { input = Self.closeOne(input) }
  func closeOutput() { output = Self.closeOne(output) }
  func closeErrors() { errors = Self.closeOne(errors) }

  private static func closeOne(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      if descriptor >= 0 { Glibc.close(descriptor) }
    #elseif canImport(Musl)
      if descriptor >= 0 { Musl.close(descriptor) }
    #else
      if descriptor >= 0 { Darwin.close(descriptor) }
    #endif
    return -1
  }

  private static func close(_ pipe: (read: Int32, write: Int32)) {
    _ = closeOne(pipe.read)
    _ = closeOne(pipe.write)
  }

  private static func pipe() throws(SystemError) -> (read: Int32, write: Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    let code = withUnsafeMutableBytes(of: &ends) {
      platform_pipe($0.baseAddress?.assumingMemoryBound(to: Int32.self))
    }
    guard code == 0 else { throw SystemError("pipe", code: code) }
    return (ends.0, ends.1)
  }

  private static func spawn(
    _ words: [String], _ environment: [String: String], _ child: (Int32, Int32, Int32),
    _ hasOwnSession: Bool, _ pid: inout pid_t
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, child.0, 0)
    posix_spawn_file_actions_adddup2(&actions, child.1, 1)
    posix_spawn_file_actions_adddup2(&actions, child.2, 2)
    // We ignore SIGPIPE, and it would too.
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var flags = Int32(POSIX_SPAWN_SETSIGDEF)
    if hasOwnSession { flags |= platform_spawn_session_flag() }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let argv = CStrings(words)
    let envp = CStrings(environment.map { "\($0.key)=\($0.value)" })
    return posix_spawnp(&pid, words[0], &actions, &attributes, argv.pointers, envp.pointers)
  }
}
