import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs a helper program for its output. Not for blocks: those have a supervisor.
public enum Command {
  /// Standard output, if the program ended with 0 in time; else it is killed.
  public static func output(
    of program: String, _ arguments: [String], environment: [String: String],
    within seconds: Double, limit: Int = 1 << 20
  ) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    guard let child = spawn(program, arguments, environment, output: ends[1]) else {
      close(ends[1])
      return nil
    }
    close(ends[1])
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var status: Int32 = 0
    guard let bytes = read(ends[0], of: child, &status, within: seconds, limit: limit) else {
      kill(child, SIGKILL)
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      return nil
    }
    return status == 0 ? bytes : nil
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String], output: Int32
  ) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    // What this program ignores, that one would too.
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = [program] + arguments
    let entries = environment.map { "\($0.key)=\($0.value)" }
    let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] = entries.map { strdup($0) } + [nil]
    defer {
      for pointer in argv + envp { free(pointer) }
    }
    var child: pid_t = 0
    return posix_spawnp(&child, program, &actions, &attributes, argv, envp) == 0 ? child : nil
  }

  /// What it wrote until it ended, and its status. Something that it started may hold the pipe for hours, and is not
  /// waited for. Nil where there was too much, or it took too long.
  private static func read(
    _ descriptor: Int32, of child: pid_t, _ status: inout Int32, within seconds: Double, limit: Int
  ) -> [UInt8]? {
    let deadline = platform_awake_ns() + Int64(seconds * 1e9)
    var bytes: [UInt8] = []
    var isOpen = true
    var pause: Int32 = 1
    while bytes.count <= limit {
      // Looked at first: what it wrote before it ended is in the pipe then.
      let ended = waitpid(child, &status, WNOHANG)
      if ended < 0, errno != EINTR { return nil }
      if isOpen { isOpen = drain(descriptor, into: &bytes, limit: limit) }
      if ended == child { return bytes.count <= limit ? bytes : nil }
      guard platform_awake_ns() < deadline else { return nil }
      var entry = pollfd(fd: isOpen ? descriptor : -1, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&entry, 1, pause) > 0
      pause = isReady ? 1 : min(pause * 2, 50)
    }
    return nil
  }

  /// Takes what is there; false once nobody can write any more.
  private static func drain(_ descriptor: Int32, into bytes: inout [UInt8], limit: Int) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count <= limit {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, &chunk, chunk.count)
      #else
        let count = Darwin.read(descriptor, &chunk, chunk.count)
      #endif
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno == EAGAIN }
      if count == 0 { return false }
      bytes += chunk.prefix(count)
    }
    return true
  }
}
