/// Which forms may begin with a byte, and with two.
struct SecretTable: Sendable {
  private let ofByte: Index
  private let ofPair: Index

  init(_ forms: [SecretForm]) {
    var bytes = Set<UInt64>()
    var pairs = Set<UInt64>()
    for (number, form) in forms.enumerated() {
      for beginning in form.beginnings.union(form.longBeginnings) {
        let first = Int(beginning[0])
        bytes.insert(Index.entry(first, number))
        // What follows the only byte is not part of it: anything.
        let seconds = beginning.count > 1 ? [beginning[1]] + SecretScan.allGaps : Array(0...255)
        for second in seconds { pairs.insert(Index.entry(first << 8 | Int(second), number)) }
      }
    }
    (ofByte, ofPair) = (Index(bytes, keys: 1 << 8), Index(pairs, keys: 1 << 16))
  }

  func candidates(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> ArraySlice<Int32> {
    guard index + 1 < bytes.count else { return ofByte.numbers(of: Int(bytes[index])) }
    return ofPair.numbers(of: Int(bytes[index]) << 8 | Int(bytes[index + 1]))
  }

  /// Numbers for each key, one key's behind another's.
  private struct Index {
    private var starts: [Int32]
    private var numbers: [Int32] = []

    static func entry(_ key: Int, _ number: Int) -> UInt64 {
      UInt64(key) << 32 | UInt64(number)
    }

    init(_ entries: Set<UInt64>, keys: Int) {
      starts = []
      starts.reserveCapacity(keys + 1)
      numbers.reserveCapacity(entries.count)
      for entry in entries.sorted() {
        while starts.count <= Int(entry >> 32) { starts.append(Int32(numbers.count)) }
        numbers.append(Int32(truncatingIfNeeded: entry))
      }
      while starts.count <= keys { starts.append(Int32(numbers.count)) }
    }

    func numbers(of key: Int) -> ArraySlice<Int32> {
      numbers[Int(starts[key])..<Int(starts[key + 1])]
    }
  }
}
