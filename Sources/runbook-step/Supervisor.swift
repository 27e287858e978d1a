import CPlatform

/// The life of one block, from the open gate to its status.
struct Supervisor {
  let arguments: StepArguments
  let files: StepFiles
  var commands: StepCommands
  /// The block itself; 0 until it has been started.
  var leader: Int32 = 0
  /// How the block ended, once it has.
  var end: platform_reaped?
  /// Times on the clock that stands still while the machine sleeps.
  var started: Int64
  var ended: Int64 = 0
  var deadline: Int64?
  var stopReason: StopReason?
  var killsAtOnce = false

  init(_ arguments: StepArguments, _ files: StepFiles) {
    self.arguments = arguments
    self.files = files
    commands = StepCommands(files.control)
    started = platform_awake_ms()
    deadline = arguments.deadline > 0 ? started + arguments.deadline : nil
  }

  /// Starts the block, stays with it to its end, and gives the text of its status.
  mutating func run() -> StatusText {
    if let failure = start() { return failed(failure) }
    watch()
    // A block that must be stopped keeps the terminal meanwhile: in the background its own tidying up of it would only
    // suspend it.
    if end != nil { giveTerminalBack() }
    if stopReason == nil, end?.exit_code == 0 {
      let left = lookAtWhatIsLeft()
      return status(left: left, survivors: [])
    }
    // In a statement of its own: as an argument it would be worked out after `self` was copied for the call.
    let survivors = stop()
    giveTerminalBack()
    return status(left: [], survivors: survivors)
  }

  private func giveTerminalBack() {
    if files.terminal >= 0 { platform_terminal_restore(files.terminal) }
  }

  private mutating func start() -> StepFailure? {
    if files.terminal >= 0 { platform_terminal_save(files.terminal) }
    var block = platform_block(
      directory: arguments.directory, arguments: arguments.block,
      standard_output: arguments.isInteractive && !arguments.capturesOutput
        ? files.terminal : files.output,
      standard_error: arguments.isInteractive ? files.terminal : files.log,
      terminal: files.terminal)
    var call: UnsafePointer<CChar>?
    let code = platform_block_start(&block, &leader, &call)
    guard code != 0, let call else { return nil }
    giveTerminalBack()
    // Only these two are about something that the note says.
    let path: UnsafePointer<CChar>? =
      switch UInt8(bitPattern: call[0]) {
      case UInt8(ascii: "c"): UnsafePointer(arguments.directory)
      case UInt8(ascii: "e"): arguments.block[0].map { UnsafePointer($0) }
      default: nil
      }
    return StepFailure(calling: call, code: code, path: path)
  }

  /// Until the block has ended or must be stopped.
  private mutating func watch() {
    var output = OutputWatch(arguments, files, now: started)
    while true {
      // First: a block that ended in time has ended in time, however late we look.
      reap()
      guard end == nil else { return }
      for command in commands.take() {
        obey(command)
        // Who gives the block more time gives it to a silent one too.
        if case .deadline = command { output.restart(now: platform_awake_ms()) }
        if case .idle(let time) = command {
          output.restart(now: platform_awake_ms(), idle: time)
        }
      }
      let now = platform_awake_ms()
      if stopReason == nil, let deadline, now >= deadline { stopReason = .deadline }
      if stopReason == nil { stopReason = output.look(now: now) }
      guard stopReason == nil else { return }
      var pause = output.pause(now: now)
      if let deadline { pause = pause < 0 ? deadline - now : min(pause, deadline - now) }
      platform_step_wait(files.control, pause)
    }
  }

  mutating func obey(_ command: StepCommand) {
    switch command {
    case .deadline(let time):
      deadline = time > 0 ? platform_awake_ms() + time : nil
    case .idle: break
    case .stop:
      stopReason = stopReason ?? .request
    case .kill:
      stopReason = stopReason ?? .request
      killsAtOnce = true
    }
  }

  /// Takes in all that has ended. False where nothing of the block lives any more.
  @discardableResult
  mutating func reap() -> Bool {
    var child = platform_reaped()
    while true {
      switch platform_reap(&child, arguments.isInteractive ? 1 : 0) {
      case 0: return true
      case 1: take(child)
      default: return false
      }
    }
  }

  private mutating func take(_ child: platform_reaped) {
    guard child.pid == leader, end == nil else { return }
    guard child.is_stop == 0 else {
      // Ctrl-Z, or a read before the terminal was its own: there is no shell here to bring it back.
      guard stopReason == nil else { return }
      platform_terminal_lend(files.terminal, leader)
      _ = platform_signal_group(leader, Signal.resume.number)
      return
    }
    end = child
    ended = platform_awake_ms()
  }
}
