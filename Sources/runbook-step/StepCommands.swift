import CPlatform

/// Reads the FIFO and cuts it into lines.
struct StepCommands {
  private let descriptor: Int32
  private var line: [UInt8] = []
  /// Longer lines are nobody's command; what is kept of them is bounded.
  private static let longest = 64

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// How much is read at a time: a block that floods the FIFO must not keep us from the deadline.
  private static let mostChunks = 16

  /// The commands that have come by now, oldest first.
  mutating func take() -> [StepCommand] {
    var commands: [StepCommand] = []
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
      for _ in 0..<Self.mostChunks {
        let count = Int(platform_read_some(descriptor, buffer.baseAddress, buffer.count))
        guard count > 0 else { return }
        for byte in buffer[..<count] { add(byte, to: &commands) }
      }
    }
    return commands
  }

  private mutating func add(_ byte: UInt8, to commands: inout [StepCommand]) {
    guard byte == UInt8(ascii: "\n") else {
      if line.count <= Self.longest { line.append(byte) }
      return
    }
    if let command = line.withUnsafeBufferPointer({ StepCommand(line: $0) }) {
      commands.append(command)
    }
    line.removeAll(keepingCapacity: true)
  }
}
