import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The second net, for a step whose supervisor was killed itself.
extension StepHandle {
  /// Living processes that carry the attempt's mark, and their descendants; the supervisor is not among them. What
  /// dropped its environment (`env -i`, a program that overwrites it) and was orphaned escapes, and so does what
  /// belongs to another user. Reads the environment of every process of the machine: for `StepState.lost` only.
  public func remainingProcesses() -> [NamedProcess] {
    remains().map { NamedProcess(pid: $0.pid, name: $0.shortName) }
  }

  /// Kills the remaining processes until none is left, and gives those that could not be killed. Returns within that
  /// time, and waits no longer than it must.
  public func killRemainingProcesses(within limit: Duration = .seconds(10)) -> [NamedProcess] {
    let end = ContinuousClock.now + limit
    var rest = remains()
    while !rest.isEmpty, ContinuousClock.now < end {
      // Stopped first: a loop that restarts what dies would win the race against one scan.
      for signal in [SIGSTOP, SIGKILL] {
        for var process in rest { _ = platform_process_signal_exactly(&process, signal) }
      }
      usleep(5000)
      rest = remains()
    }
    return rest.map { NamedProcess(pid: $0.pid, name: $0.shortName) }
  }

  private func remains() -> [platform_process] {
    let processes = Self.allProcesses()
    let entry = StepMark.entry(of: folder)
    var found = Set<Int32>()
    for process in processes where isRemains(process, entry) { found.insert(process.pid) }
    let children = Dictionary(grouping: processes, by: \.parent)
    var next = Array(found)
    while let pid = next.popLast() {
      for child in children[pid] ?? [] where found.insert(child.pid).inserted {
        next.append(child.pid)
      }
    }
    return processes.filter { found.contains($0.pid) }
  }

  private func isRemains(_ process: platform_process, _ entry: String) -> Bool {
    guard process.pid != self.process.pid, process.pid != getpid() else { return false }
    return platform_process_has_entry(process.pid, entry) == 1
  }

  private static func allProcesses() -> [platform_process] {
    var found: [platform_process] = []
    let list = platform_processes_open()
    defer { platform_processes_close(list) }
    while true {
      let pid = platform_processes_next(list)
      guard pid > 0 else { return found }
      var process = platform_process()
      guard platform_process_read(pid, &process) == 0, platform_process_is_dead(&process) == 0
      else { continue }
      found.append(process)
    }
  }
}

extension platform_process {
  var shortName: String {
    withUnsafeBytes(of: name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
