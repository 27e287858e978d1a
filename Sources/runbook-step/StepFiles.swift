import CPlatform

/// The files of the step's folder, open before the block starts: a disk that is full by then costs no result.
struct StepFiles {
  let log: Int32
  /// The block's standard output where it is captured; else the log.
  let output: Int32
  let status: Int32
  let control: Int32
  /// -1 where the block is not interactive.
  let terminal: Int32
  let folder: UnsafePointer<CChar>
  let parent: UnsafePointer<CChar>

  static func open(_ arguments: StepArguments) -> Result<StepFiles, StepFailure> {
    var call: UnsafePointer<CChar>?
    let statusPath = path(arguments, "/status")
    let status = platform_open_status(statusPath, StatusText.capacity, &call)
    guard status >= 0 else {
      guard let call else { return failure("open", statusPath) }
      return .failure(StepFailure(calling: call, code: platform_errno(), path: statusPath))
    }
    let controlPath = path(arguments, "/control")
    let control = platform_open_control(controlPath)
    guard control >= 0 else { return failure("open", controlPath) }
    let logPath = path(arguments, "/log")
    let log = platform_open_append(logPath)
    guard log >= 0 else { return failure("open", logPath) }
    let outputPath = path(arguments, arguments.capturesOutput ? "/output" : "/log")
    let output = arguments.capturesOutput ? platform_open_append(outputPath) : log
    guard output >= 0 else { return failure("open", outputPath) }
    let terminal = arguments.isInteractive ? platform_open_terminal() : -1
    guard terminal >= 0 || !arguments.isInteractive else { return failure("open", "/dev/tty") }
    return .success(
      StepFiles(
        log: log, output: output, status: status, control: control, terminal: terminal,
        folder: path(arguments, ""), parent: path(arguments, "/..")))
  }

  /// Bytes in the log and the captured output together.
  var size: Int64 {
    platform_file_size(log) + (output == log ? 0 : platform_file_size(output))
  }

  func write(_ text: StatusText) {
    var text = text
    text.close()
    // A living runner reads this at once and brings the end to the disk with its journal, so waiting for the disk here
    // as well would double the wait of every step (2.4 of 3.8 ms on ext4). Without one, nobody waits.
    guard platform_step_is_alone() != 0 else { return text.write(to: status) }
    // The output first: else a power cut could leave an end whose captured value is empty.
    _ = platform_sync_data(log)
    if output != log { _ = platform_sync_data(output) }
    text.write(to: status)
    _ = platform_sync_data(status)
    platform_sync_folder(folder)
    platform_sync_folder(parent)
  }

  private static func failure(
    _ call: StaticString, _ path: UnsafePointer<CChar>
  ) -> Result<StepFiles, StepFailure> {
    .failure(StepFailure(call: call, code: platform_errno(), path: path))
  }

  private static func failure(
    _ call: StaticString, _ path: StaticString
  ) -> Result<StepFiles, StepFailure> {
    failure(call, UnsafeRawPointer(path.utf8Start).assumingMemoryBound(to: CChar.self))
  }

  /// The path of a file of the folder; lives as long as the process, like the arguments.
  private static func path(
    _ arguments: StepArguments, _ name: StaticString
  ) -> UnsafePointer<CChar> {
    var length = 0
    while arguments.folder[length] != 0 { length += 1 }
    let count = length + name.utf8CodeUnitCount
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: count + 1)
    for index in 0..<length { text[index] = arguments.folder[index] }
    for index in 0..<name.utf8CodeUnitCount {
      text[length + index] = CChar(bitPattern: name.utf8Start[index])
    }
    text[count] = 0
    return UnsafePointer(text)
  }
}
