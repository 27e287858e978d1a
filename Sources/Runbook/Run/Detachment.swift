import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Starts a program that no terminal and no logout ends.
public enum Detachment {
  public static let firstLockDescriptor: Int32 = 3

  /// - Parameters:
  ///   - locks: are handed on as descriptors from 3 on: none is ever free between the two processes.
  ///   - log: takes what the program prints.
  public static func start(
    _ program: String, _ arguments: [String], environment: [String: String], locks: [NoteLock],
    log: String
  ) throws(SystemError) {
    // Out of the way of the low descriptors first, or one would be written over before it is handed on.
    let held = locks.map { fcntl($0.descriptor, F_DUPFD_CLOEXEC, 64) }
    defer {
      for descriptor in held { close(descriptor) }
    }
    let words = scope(environment) + [program] + arguments
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
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    for (index, lock) in held.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, lock, firstLockDescriptor + Int32(index))
    }
    posix_spawnattr_setflags(&attributes, Int16(platform_spawn_session_flag()))
    let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for pointer in argv + envp { free(pointer) }
    }
    var child: pid_t = 0
    let code = posix_spawnp(&child, words[0], &actions, &attributes, argv, envp)
    guard code == 0 else { throw SystemError("posix_spawn", path: words[0], code: code) }
  }

  /// A session manager ends what a user left running at logout, unless it has a scope of its own.
  private static func scope(_ environment: [String: String]) -> [String] {
    let words = ["systemd-run", "--user", "--scope", "--quiet", "--collect"]
    guard environment["XDG_RUNTIME_DIR"] != nil,
      Command.output(
        of: words[0], Array(words.dropFirst()) + ["true"], environment: environment, within: 5)
        != nil
    else { return [] }
    return words
  }
}
