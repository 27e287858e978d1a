import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension StepHandle {
  /// How long the supervisor may take to prepare its files; a millisecond is usual.
  private static let readyTimeout: Int32 = 120_000

  /// Starts the supervisor at that path and returns when its files are prepared. The gate is still shut: nothing of
  /// the block has run. A block that can't be started is no error here but a `StepStatus.End.failed` later.
  public static func launch(
    _ launch: StepLaunch, supervisor: String
  ) throws(SystemError) -> StepHandle {
    guard launch.isExpressible else {
      throw SystemError("posix_spawn", path: launch.program, code: EINVAL)
    }
    let gate = try pipe()
    let ready: (read: Int32, write: Int32)
    do throws(SystemError) {
      ready = try pipe()
    } catch {
      close(gate.read)
      close(gate.write)
      throw error
    }
    var pid: Int32 = 0
    let code = spawn(launch, supervisor, gate: gate.read, ready: ready.write, pid: &pid)
    close(gate.read)
    close(ready.write)
    defer { close(ready.read) }
    guard code == 0 else {
      close(gate.write)
      throw SystemError("posix_spawn", path: supervisor, code: code)
    }
    return try follow(pid, launch.folder, gate: gate.write, ready: ready.read, supervisor)
  }

  /// Takes over a step that another process launched.
  public static func adopt(folder: StepFolder, process: StepProcess) -> StepHandle {
    var descriptor = platform_end_descriptor(process.pid)
    // Looked at after the descriptor holds it: a process of that pid which started later is somebody else.
    if !process.exists {
      if descriptor >= 0 { close(descriptor) }
      descriptor = platform_readable_descriptor()
    }
    return StepHandle(folder: folder, process: process, waitDescriptor: descriptor, gate: -1)
  }

  /// From here the handle owns the gate, and every way out that fails abandons the step.
  private static func follow(
    _ pid: Int32, _ folder: StepFolder, gate: Int32, ready: Int32, _ supervisor: String
  ) throws(SystemError) -> StepHandle {
    let descriptor = platform_end_descriptor(pid)
    let code = errno
    // Our own child that nobody has reaped: it can be read even after it ended.
    let process = StepProcess(reading: pid)
    let handle = StepHandle(
      folder: folder, process: process ?? StepProcess(pid: pid, startTime: 0, bootID: ""),
      waitDescriptor: descriptor, gate: gate)
    guard descriptor >= 0, process != nil else {
      throw SystemError("pidfd_open", path: supervisor, code: descriptor < 0 ? code : ESRCH)
    }
    do throws(SystemError) {
      try waitUntilReady(ready, supervisor)
    } catch {
      // One that hangs, on a dead network disk say, must not start the block after we gave it up.
      _ = platform_signal_process(pid, SIGKILL)
      throw error
    }
    return handle
  }

  private static func waitUntilReady(_ ready: Int32, _ supervisor: String) throws(SystemError) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes {
      platform_read_ready(ready, $0.baseAddress, $0.count, readyTimeout)
    }
    guard count >= 0 else { throw SystemError("read", path: supervisor, code: errno) }
    guard bytes[0] != UInt8(ascii: "+") || count == 0 else { return }
    let line = String(decoding: bytes[..<Int(count)].dropFirst(), as: UTF8.self)
    let words = line.split(separator: "\n").first?.split(separator: " ", maxSplits: 2) ?? []
    guard count > 0, words.count >= 2, let code = Int32(words[0]) else {
      // It ended without a word: not our program, or its libraries are missing.
      throw SystemError("exec", path: supervisor, code: ENOEXEC)
    }
    throw SystemError(
      String(words[1]), path: words.count > 2 ? String(words[2]) : supervisor, code: code)
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
    _ launch: StepLaunch, _ supervisor: String, gate: Int32, ready: Int32, pid: inout Int32
  ) -> Int32 {
    let words = CStrings(launch.words(supervisor: supervisor))
    let entries = CStrings(launch.entries)
    return platform_spawn_supervisor(
      supervisor, words.pointers, entries.pointers, gate, ready, launch.isInteractive ? 1 : 0, &pid)
  }
}
