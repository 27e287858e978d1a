extension StepStatus {
  /// Reads a status file. Nil where the supervisor has not written it, or not to its end: after the allocated zeros
  /// there is no line `end`. Lines that are not known are passed over.
  public init?(parsing bytes: [UInt8]) {
    let text = bytes.prefix { $0 != 0 }
    var lines = text.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard text.last == UInt8(ascii: "\n"), lines.popLast() == "end",
      let first = lines.first, let end = End(parsing: first)
    else { return nil }
    self.init(end: end)
    for line in lines.dropFirst() { take(line) }
  }

  private mutating func take(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2 else { return }
    switch words[0] {
    case "elapsed_ms": elapsed = .milliseconds(Int64(words[1]) ?? 0)
    case "ended": ended = Int64(words[1]) ?? 0
    case "stopped": stop = Stop(rawValue: String(words[1]))
    case "left": Self.process(words).map { left.append($0) }
    case "survivor": Self.process(words).map { survivors.append($0) }
    case "more": unnamed = Int(words[1]) ?? 0
    default: break
    }
  }

  private static func process(_ words: [Substring]) -> NamedProcess? {
    Int32(words[1]).map { NamedProcess(pid: $0, name: words.count > 2 ? String(words[2]) : "") }
  }
}

extension StepStatus.End {
  fileprivate init?(parsing line: String) {
    let words = line.split(separator: " ", maxSplits: 3)
    guard let kind = words.first else { return nil }
    let number = words.count > 1 ? Int32(words[1]) : nil
    switch (kind, number) {
    case ("exit", let number?): self = .exited(number)
    case ("signal", let number?): self = .signalled(number)
    case ("never", nil): self = .never
    case ("alive", nil): self = .alive
    case ("failed", let number?) where words.count > 2:
      let path = words.count > 3 ? String(words[3]) : nil
      self = .failed(SystemError(String(words[2]), path: path, code: number))
    default: return nil
    }
  }
}
