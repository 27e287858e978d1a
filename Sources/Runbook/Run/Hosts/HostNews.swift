/// What the program on a host has said of a block's end.
struct HostNews {
  private var status: [[String]] = []
  /// Of the log, when the block had ended.
  private var size: Int64?
  /// What the block printed as its value.
  private(set) var output: [UInt8] = []
  private var failures = ShellFailures()

  /// - Parameter words: a line, without the program's word.
  mutating func take(_ words: [String]) {
    switch words.first {
    case "is": status.append(Array(words.dropFirst()))
    case "output": output += words.dropFirst().compactMap { UInt8($0, radix: 16) }
    case "at": failures.add(words.dropFirst().joined(separator: " "))
    case "end": size = words.count > 1 ? Int64(words[1]) : 0
    default: break
    }
  }

  var isComplete: Bool { size != nil }

  /// Nil as long as something is missing: the end, or a part of the log.
  func verdict(sent: Int64) -> HostVerdict? {
    guard let size, sent >= size, let first = status.first, let end = Self.end(first) else {
      return nil
    }
    var verdict = HostVerdict(end)
    verdict.failures = failures.isEmpty ? nil : failures
    for words in status.dropFirst() {
      switch words.first {
      case "stopped" where words.count > 1: verdict.stopped = words[1]
      case "left": Self.process(words).map { verdict.left.append($0) }
      case "survivor": Self.process(words).map { verdict.survivors.append($0) }
      default: break
      }
    }
    return verdict
  }

  private static func end(_ words: [String]) -> HostVerdict.End? {
    switch words.first {
    case "exit": return words.count > 1 ? Int(words[1]).map { .exited($0) } : nil
    case "never": return .never
    case "alive": return .alive
    case "lost", "survivor": return .lost
    case "failed": return .failed(words.dropFirst().joined(separator: " "))
    default: return nil
    }
  }

  private static func process(_ words: [String]) -> NamedProcess? {
    guard words.count > 1, let pid = Int32(words[1]) else { return nil }
    return NamedProcess(pid: pid, name: words.dropFirst(2).joined(separator: " "))
  }
}
