extension BlockResult {
  /// What a host's verdict means for the run.
  ///
  /// - Parameters:
  ///   - look: the command that shows a person what runs there.
  ///   - stopping: why the runner asked for a stop; the host only knows that it was asked.
  mutating func take(_ verdict: HostVerdict, host: String, look: String, stopping: StopReason?) {
    let why = stopped ?? stopping
    exit = nil
    signal = nil
    stopped = Self.reason(verdict.stopped, why)
    left = verdict.left.map { NamedProcess(pid: $0.pid, name: $0.name, host: host) }
    survivors = verdict.survivors.map { NamedProcess(pid: $0.pid, name: $0.name, host: host) }
    switch verdict.end {
    case .exited(let code): exit = code
    case .never:
      hasRun = false
      stopped = why
      // One that was to be stopped in time has failed; one that nobody stopped is only not begun.
      if why != nil { problem = "it had not begun on \(host)" }
    case .failed(let words):
      hasRun = false
      problem = Self.explain(words, host)
    case .lost: problem = "its supervisor on \(host) was killed; how it ended is unknown"
    case .alive: problem = "it could not be killed"
    case .unreachable(let fault):
      hasRun = false
      stopped = why
      problem = fault.text
    case .unknown(let fault):
      stopped = why
      become(unknownOn: host, pid: verdict.pid, look: look, fault.message)
    }
  }

  /// It may still run there: nothing on that host may be undone beside it.
  mutating func become(unknownOn host: String, pid: Int32?, look: String, _ why: String) {
    exit = nil
    signal = nil
    // The script that it runs is in the run's folder there.
    problem =
      "\(why); whether it still runs on \(host) is unknown "
      + "(look with: \(look))"
    survivors = [NamedProcess(pid: pid ?? 0, name: "", host: host)]
  }

  private static func reason(_ word: String?, _ why: StopReason?) -> StopReason? {
    switch word {
    case "request": why ?? .cancelled
    case "deadline": why ?? .timedOut
    case "log-limit": .logLimit
    default: nil
    }
  }

  private static func explain(_ words: String, _ host: String) -> String {
    let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
    let what = PlainText.line(parts.count > 1 ? parts[1] : "")
    switch parts.first {
    case "chdir": return "there is no folder \(what) on \(host)"
    case "exec": return "\(what) is not on \(host)"
    default: return "it could not be started on \(host): \(words)"
    }
  }
}

extension HostFault {
  /// For where there is one line only.
  var text: String { "\(message) (\(fix))" }
}
