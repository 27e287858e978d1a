import CPlatform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One attempt at a block, seen from outside its supervisor. It works the same for the runner that launched it and for
/// any later one: nothing in it needs to be the supervisor's parent.
public final class StepHandle: Sendable {
  public let folder: StepFolder
  public let process: StepProcess
  /// For `poll`: readable once the supervisor has ended, and from then on. It stays the handle's own. -1 for an adopted
  /// step where this process has no descriptor left: then `status()` has to be asked from time to time.
  public let waitDescriptor: Int32
  private let gate: Mutex<Gate>

  /// Whether the supervisor is our child and still has to be reaped: once only, since its pid may then become another
  /// child's, whose end somebody else waits for.
  private let isUnreaped: Mutex<Bool>

  private enum Gate {
    /// With the write end of its pipe.
    case shut(Int32)
    case abandoned
    /// For an adopted step too.
    case open
  }

  /// With a gate for a step that this process launched, with -1 for one that it adopts.
  init(folder: StepFolder, process: StepProcess, waitDescriptor: Int32, gate: Int32) {
    self.folder = folder
    self.process = process
    self.waitDescriptor = waitDescriptor
    self.gate = Mutex(gate >= 0 ? .shut(gate) : .open)
    isUnreaped = Mutex(gate >= 0)
  }

  /// A handle that is let go before it opened the gate abandons the step. One that is let go while the block runs leaves
  /// the supervisor as it is; if it is our child, nobody reaps it before this process ends.
  deinit {
    // What was abandoned ends in a millisecond; without this wait it would stay a zombie. Bounded, as its disk may hang.
    abandon()
    if case .abandoned = gate.withLock({ $0 }) { _ = platform_wait_readable(waitDescriptor, 1000) }
    close(waitDescriptor)
    reap()
  }

  /// Lets the block start. Call it when the journal has the process on disk; it does nothing a second time.
  public func openGate() throws(SystemError) {
    guard let descriptor = leaveShutGate(.open) else { return }
    let code = platform_open_gate(descriptor)
    guard code == 0 else { throw SystemError("write", path: "the gate", code: code) }
  }

  /// Lets the supervisor end without running anything, where the gate is still shut.
  public func abandon() {
    if let descriptor = leaveShutGate(.abandoned) { close(descriptor) }
  }

  private func reap() {
    isUnreaped.withLock { isUnreaped in
      if isUnreaped { isUnreaped = platform_reap_child(process.pid) == 0 }
    }
  }

  /// The descriptor goes to whoever comes first.
  private func leaveShutGate(_ next: Gate) -> Int32? {
    gate.withLock { gate in
      guard case .shut(let descriptor) = gate else { return nil }
      gate = next
      return descriptor
    }
  }

  /// What the folder says now. Reaps the supervisor if it is our child and has ended; never waits.
  public func status() -> StepState {
    reap()
    let state = folder.state
    guard state == .lost else { return state }
    // A file that can't be opened just now (no descriptor left, say) is no proof while the supervisor lives. Once it
    // does not, a second look sees what it wrote between the first and its end.
    return process.isAlive ? .running : folder.state
  }

  /// Gives the block a new deadline, counted from now in time awake; nil takes it away. False where the command could
  /// not be sent. To a supervisor that is gone it is sent for nothing: ask `status()`.
  @discardableResult
  public func setDeadline(in time: Duration?) -> Bool {
    send("deadline \(time.wholeMilliseconds)\n")
  }

  /// Counts its silence anew from now on, with another limit; nil takes that away. False as in `setDeadline`.
  @discardableResult
  public func setIdle(in time: Duration?) -> Bool {
    send("idle \(time.wholeMilliseconds)\n")
  }

  /// TERM, grace, KILL. False as in `setDeadline`.
  @discardableResult
  public func stop() -> Bool { send("stop\n") }

  /// KILL without grace, also during one. False as in `setDeadline`.
  @discardableResult
  public func kill() -> Bool { send("kill\n") }

  private func send(_ line: String) -> Bool {
    // A block can stop its parent with SIGSTOP; it would sleep on its deadline and on our command.
    if process.exists { _ = platform_signal_process(process.pid, SIGCONT) }
    return platform_send_command(folder.control, line, line.utf8.count) == 0
  }
}
