import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One run a note: a lock of the kernel, by the note's real path, so that none is ever stale.
public final class NoteLock {
  let descriptor: Int32

  /// Who had it before, if anybody.
  public let lastHolder: Holder?

  private init(descriptor: Int32, lastHolder: Holder?) {
    self.descriptor = descriptor
    self.lastHolder = lastHolder
  }

  deinit { close(descriptor) }

  /// Who has it.
  public struct Holder: Sendable, Codable, Equatable {
    public let run: String
    public let user: String
    public let pid: Int32
    public let since: WallTime

    public init(run: String, user: String, pid: Int32, since: WallTime) {
      self.run = run
      self.user = user
      self.pid = pid
      self.since = since
    }

    /// Its process has ended. What that was starting when it was killed has the lock until it is another program.
    public var isGone: Bool {
      var process = platform_process()
      return platform_process_read(pid, &process) != 0 || platform_process_is_dead(&process) != 0
    }
  }

  public enum Attempt {
    case taken(NoteLock)
    /// Nil: the holder did not say yet.
    case held(by: Holder?)
  }

  public static func take(note: String, in state: StateFolder) throws(SystemError) -> Attempt {
    try take("\(state.locks)/\(ContentDigest.sha256(Array(note.utf8)).prefix(32))")
  }

  private static func take(_ path: String) throws(SystemError) -> Attempt {
    let descriptor = platform_create_or_open(path, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    let code = platform_lock_now(descriptor)
    let holder = holder(path)
    if code == 0 { return .taken(NoteLock(descriptor: descriptor, lastHolder: holder)) }
    close(descriptor)
    guard code == EWOULDBLOCK || code == EAGAIN else {
      throw SystemError("flock", path: path, code: code)
    }
    return .held(by: holder)
  }

  /// The locks that a run had last, by what they say.
  public static func take(ofRun id: RunID, in state: StateFolder) throws(SystemError) -> [Attempt] {
    guard let stream = opendir(state.locks) else { throw SystemError("opendir", path: state.locks) }
    defer { closedir(stream) }
    var attempts: [Attempt] = []
    for entry in Vault.entries(of: stream) where !entry.name.hasPrefix(".") {
      let path = "\(state.locks)/\(entry.name)"
      if holder(path)?.run == id.text { attempts.append(try take(path)) }
    }
    return attempts
  }

  private static func holder(_ path: String) -> Holder? {
    let bytes = (try? WholeFile.read(path, limit: 4096)) ?? []
    return JSONText.decode(Holder.self, Array(bytes.prefix { $0 != UInt8(ascii: "\n") }))
  }

  /// The lock that another process handed on as a descriptor.
  public static func inherited(_ descriptor: Int32) -> NoteLock? {
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0, platform_lock_now(descriptor) == 0 else {
      return nil
    }
    return NoteLock(descriptor: descriptor, lastHolder: nil)
  }

  /// Tells others who has it. Only a courtesy: the lock itself is the kernel's.
  public func sign(_ holder: Holder) {
    guard let text = try? JSONText.encode(holder, isPretty: false) else { return }
    let bytes = Array((text + "\n").utf8)
    // Over the old line, not after cutting it off: by it a note with an unfinished run is known.
    pwrite(descriptor, bytes, bytes.count, 0)
    ftruncate(descriptor, off_t(bytes.count))
  }
}
