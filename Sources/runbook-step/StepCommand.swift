import CPlatform

/// What a runner, this one or a later, asks for by a line in the FIFO.
enum StepCommand {
  /// A new deadline, in milliseconds from now; 0 for none.
  case deadline(Int64)
  /// The longest silence, in milliseconds, counted anew; 0 for none.
  case idle(Int64)
  /// TERM, grace, KILL.
  case stop
  /// KILL at once.
  case kill

  /// Nil for a line that is none of ours: a later runner's command must not end the step.
  init?(line: UnsafeBufferPointer<UInt8>) {
    if Self.equal(line, "stop") {
      self = .stop
    } else if Self.equal(line, "kill") {
      self = .kill
    } else if let time = Self.number(line, after: "deadline ") {
      self = .deadline(time)
    } else if let time = Self.number(line, after: "idle ") {
      self = .idle(time)
    } else {
      return nil
    }
  }

  private static func number(
    _ line: UnsafeBufferPointer<UInt8>, after name: StaticString
  ) -> Int64? {
    let length = name.utf8CodeUnitCount
    guard line.count > length, equal(.init(rebasing: line[..<length]), name) else { return nil }
    return Decimal.value(.init(rebasing: line[length...]))
  }

  private static func equal(_ line: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard line.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<line.count where line[index] != word.utf8Start[index] { return false }
    return true
  }
}
