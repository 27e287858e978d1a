import Foundation
import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A scratch folder in which blocks run under the real `runbook-step`, and everything that stays of them is seen.
public final class StepScratch {
  public let path: String
  public let supervisor: String
  private var count = 0
  private var supervisors: [Int32] = []

  public init() throws {
    var template = Array("/tmp/runbook-step-test.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestSupportError("no scratch folder: \(errno)") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).path
    guard let supervisor = StepSupervisor.locate(beside: program) else {
      throw TestSupportError("runbook-step is not beside \(program)")
    }
    self.supervisor = supervisor
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

  public func folder(_ script: String) throws -> StepFolder {
    count += 1
    let folder = StepFolder(path: "\(path)/step-\(count)")
    try folder.create(script: Array(script.utf8))
    return folder
  }

  /// What runs the script with bash in the scratch folder.
  public func block(_ script: String) throws -> StepLaunch {
    let folder = try folder(script)
    return StepLaunch(
      folder: folder, program: "bash", arguments: [folder.script],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "SCRATCH": path],
      workingDirectory: path, deadline: .seconds(60), grace: .milliseconds(200))
  }

  public func launch(
    _ script: String, _ change: (inout StepLaunch) -> Void = { _ in }
  ) throws -> StepHandle {
    var launch = try block(script)
    change(&launch)
    return try start(launch)
  }

  /// Launches it, and sees to it that its supervisor does not outlive the test.
  public func start(_ launch: StepLaunch, supervisor: String? = nil) throws -> StepHandle {
    let handle = try StepHandle.launch(launch, supervisor: supervisor ?? self.supervisor)
    supervisors.append(handle.process.pid)
    return handle
  }

  /// Launches, opens the gate, and waits for the end.
  public func run(
    _ script: String, _ change: (inout StepLaunch) -> Void = { _ in }
  ) async throws -> (status: StepStatus, log: String) {
    let handle = try launch(script, change)
    try handle.openGate()
    return (try await end(of: handle), text(handle.folder.log))
  }

  /// The same with a deadline, for a block that says `up` and does not end by itself: a longer one each time, until it
  /// was up by then. How long a shell takes to start is the machine's.
  public func runOverTime(
    _ script: String, _ deadline: Duration = .milliseconds(300),
    _ change: (inout StepLaunch) -> Void = { _ in }
  ) async throws -> (status: StepStatus, log: String, deadline: Duration) {
    var deadline = deadline
    while deadline < .seconds(Patience.seconds) {
      let (status, log) = try await run(script) {
        $0.deadline = deadline
        change(&$0)
      }
      if log.hasPrefix("up\n") || status.stop != .deadline { return (status, log, deadline) }
      deadline *= 3
    }
    throw TestSupportError("it is never up")
  }

  /// Waits for the supervisor's end.
  public func end(of handle: StepHandle) async throws -> StepStatus {
    try await wait {
      var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
      return poll(&wanted, 1, 0) == 1
    }
    let state = handle.status()
    guard case .ended(let status) = state else { throw TestSupportError("it is \(state)") }
    return status
  }

  /// Waits for a condition that no descriptor tells of.
  public func wait(for condition: () -> Bool) async throws {
    guard try await eventually(condition) else {
      throw TestSupportError("what was waited for did not come")
    }
  }

  public func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let got = fread(&chunk, 1, chunk.count, file), got > 0 { bytes += chunk[..<got] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The pids of all processes whose working directory is the scratch folder or in it: whatever a block started, also
  /// where it left session, parent and environment behind. The supervisor itself stands elsewhere.
  public func living() -> [Int32] { LivingProcesses.pids(in: path) }
}

/// Starts a program with our own environment, and gives its pid.
public func spawn(_ words: [String]) -> Int32 {
  var pid: Int32 = -1
  var pointers = words.map { strdup($0) }
  pointers.append(nil)
  posix_spawn(&pid, words[0], nil, nil, pointers, environ)
  for pointer in pointers { free(pointer) }
  return pid
}
