import Foundation
import Runbook
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A scratch folder in which blocks run under the real `runbook-step`, and everything that stays of them is seen.
final class StepScratch {
  let path: String
  let supervisor: String
  private var count = 0
  private var supervisors: [Int32] = []

  init() throws {
    var template = Array("/tmp/runbook-step-test.XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).path
    supervisor = try #require(
      StepSupervisor.locate(beside: program), "runbook-step is not beside \(program)")
  }

  /// Nothing that a failing test started stays behind.
  deinit {
    for pid in supervisors {
      // A child that nobody reaped would also keep the exit tests of the whole run from ever ending.
      var status: Int32 = 0
      guard waitpid(pid, &status, WNOHANG) == 0 else { continue }
      kill(pid, SIGKILL)
      waitpid(pid, &status, 0)
    }
    for pid in living() { _ = kill(pid, SIGKILL) }
    let remove = spawn(["/bin/rm", "-rf", path])
    var status: Int32 = 0
    waitpid(remove, &status, 0)
  }

  func folder(_ script: String) throws -> StepFolder {
    count += 1
    let folder = StepFolder(path: "\(path)/step-\(count)")
    try folder.create(script: Array(script.utf8))
    return folder
  }

  /// What runs the script with bash in the scratch folder.
  func block(_ script: String) throws -> StepLaunch {
    let folder = try folder(script)
    return StepLaunch(
      folder: folder, program: "bash", arguments: [folder.script],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "SCRATCH": path],
      workingDirectory: path, deadline: .seconds(60), grace: .milliseconds(200))
  }

  func launch(
    _ script: String, _ change: (inout StepLaunch) -> Void = { _ in }
  ) throws -> StepHandle {
    var launch = try block(script)
    change(&launch)
    return try start(launch)
  }

  /// Launches it, and sees to it that its supervisor does not outlive the test.
  func start(_ launch: StepLaunch, supervisor: String? = nil) throws -> StepHandle {
    let handle = try StepHandle.launch(launch, supervisor: supervisor ?? self.supervisor)
    supervisors.append(handle.process.pid)
    return handle
  }

  /// Launches, opens the gate, and waits for the end.
  func run(
    _ script: String, _ change: (inout StepLaunch) -> Void = { _ in }
  ) throws -> (status: StepStatus, log: String) {
    let handle = try launch(script, change)
    try handle.openGate()
    return (try end(of: handle), text(handle.folder.log))
  }

  /// Blocks on the supervisor's end, `seconds` at most.
  func end(of handle: StepHandle, within seconds: Int32 = 30) throws -> StepStatus {
    var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
    try #require(poll(&wanted, 1, seconds * 1000) == 1, "the supervisor has not ended")
    let state = handle.status()
    guard case .ended(let status) = state else {
      throw StepScratchError(state: state)
    }
    return status
  }

  /// Waits for a condition that no descriptor tells of.
  func wait(within seconds: Double = 10, for condition: () -> Bool) throws {
    let end = SuspendingClock.now + .seconds(seconds)
    while !condition() {
      try #require(SuspendingClock.now < end, "what was waited for did not come")
      usleep(2000)
    }
  }

  func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let got = fread(&chunk, 1, chunk.count, file), got > 0 { bytes += chunk[..<got] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The pids of all processes whose working directory is the scratch folder or in it: whatever a block started, also
  /// where it left session, parent and environment behind. The supervisor itself stands elsewhere.
  func living() -> [Int32] {
    guard let list = opendir("/proc") else { return [] }
    defer { closedir(list) }
    var found: [Int32] = []
    while let entry = readdir(list) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let pid = Int32(name) else { continue }
      var target = [UInt8](repeating: 0, count: 4096)
      let size = target.withUnsafeMutableBytes { buffer in
        buffer.bindMemory(to: CChar.self).baseAddress.map {
          readlink("/proc/\(pid)/cwd", $0, buffer.count)
        } ?? -1
      }
      guard size > 0 else { continue }
      let directory = String(decoding: target[..<size], as: UTF8.self)
      if directory == path || directory.hasPrefix(path + "/") { found.append(pid) }
    }
    return found
  }
}

struct StepScratchError: Error {
  let state: StepState
}

/// Starts a program with our own environment, and gives its pid.
func spawn(_ words: [String]) -> Int32 {
  var pid: Int32 = -1
  var pointers = words.map { strdup($0) }
  pointers.append(nil)
  posix_spawn(&pid, words[0], nil, nil, pointers, environ)
  for pointer in pointers { free(pointer) }
  return pid
}
