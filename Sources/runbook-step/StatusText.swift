import CPlatform

/// The text of the status file, or of a refusal: never longer than what was allocated for it.
struct StatusText {
  /// One block of any common file system: written in one piece.
  static let capacity = 4096
  /// What is kept back for the lines that must not be lost to a long list of processes.
  private static let reserve = 64

  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(Self.capacity) }

  init(first line: StaticString) {
    self.init()
    append(line)
    append("\n")
  }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ number: Int64) {
    // On the stack from the back: 20 digits hold any of them.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = number.magnitude
      var start = 20
      repeat {
        start -= 1
        digits[start] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
        rest /= 10
      } while rest > 0
      if number < 0 { append("-") }
      append(UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  mutating func append(text: UnsafePointer<CChar>) {
    var next = text
    while next.pointee != 0, bytes.count < Self.capacity - Self.reserve {
      // A line feed in a path would begin a line of its own.
      bytes.append(next.pointee == 0x0A ? UInt8(ascii: "?") : UInt8(bitPattern: next.pointee))
      next += 1
    }
  }

  /// `CODE CALL PATH` and a line feed.
  mutating func append(_ failure: StepFailure) {
    append(Int64(failure.code))
    append(" ")
    append(text: failure.call)
    if let path = failure.path {
      append(" ")
      append(text: path)
    }
    append("\n")
  }

  mutating func append(_ name: StaticString, _ number: Int64) {
    append(name)
    append(" ")
    append(number)
    append("\n")
  }

  /// A line for each process, as far as there is room, then how many more there were.
  mutating func append(_ role: StaticString, _ processes: [platform_process]) {
    for (index, process) in processes.enumerated() {
      // A role, a pid and a name of 32 bytes.
      guard bytes.count + 64 < Self.capacity - Self.reserve else {
        append("more", Int64(processes.count - index))
        return
      }
      append(role)
      append(" ")
      append(Int64(process.pid))
      append(" ")
      withUnsafePointer(to: process.name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: process.name)) {
          append(text: $0)
        }
      }
      append("\n")
    }
  }

  /// The last line tells a reader that nothing is missing.
  mutating func close() { append("end\n") }

  func send(to descriptor: Int32) {
    _ = bytes.withUnsafeBufferPointer { platform_write_all(descriptor, $0.baseAddress, $0.count) }
  }

  func write(to descriptor: Int32) {
    bytes.withUnsafeBufferPointer {
      _ = platform_write_status(descriptor, $0.baseAddress, $0.count)
    }
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    let room = Self.capacity - bytes.count
    bytes.append(contentsOf: text.prefix(room))
  }
}
