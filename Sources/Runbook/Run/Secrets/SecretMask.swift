/// Replaces secrets, in the forms that programs print them in, by dots.
public struct SecretMask: Sendable {
  /// What stands in their place.
  static let dots = Array("••••".utf8)
  /// A secret of fewer bytes is in every log by chance: its dots hide words, and where they are tells what it is.
  public static let shortest = 6

  public let isEmpty: Bool
  /// The longest first: a secret that contains another is masked whole.
  private let forms: [SecretForm]
  /// Passes over nearly every place of a log.
  private let filter: SecretFilter
  /// For two bytes that follow each other, which of `lists` may begin there; -1 for none.
  private let pairs: [Int32]
  private let lists: [[Int]]
  /// For a last byte, which forms may begin there.
  private let firsts: [[Int]]

  public init(_ secrets: [String]) {
    let all = secrets.reduce(into: Set<SecretForm>()) { $0.formUnion(SecretForm.all(of: $1)) }
    isEmpty = all.isEmpty
    forms = all.sorted { $0.length > $1.length }
    var byPair: [Int: [Int]] = [:]
    var firsts = [[Int]](repeating: [], count: all.isEmpty ? 0 : 256)
    for (number, form) in forms.enumerated() {
      let between = (0...255).filter { $0 == SecretScan.escape || form.gaps.hold($0) }
      // What may follow the last byte is not part of it: anything.
      let isOver = form.bytes(at: 1) == nil || form.core.count == 1 && !form.tail.isEmpty
      let seconds = isOver ? Set(0...255) : Set((form.bytes(at: 1) ?? []) + between)
      for first in form.bytes(at: 0) ?? [] {
        firsts[Int(first)].append(number)
        for second in seconds { byPair[Int(first) << 8 | Int(second), default: []].append(number) }
      }
    }
    var pairs = [Int32](repeating: -1, count: all.isEmpty ? 0 : 1 << 16)
    var lists: [[Int]] = []
    var known: [[Int]: Int32] = [:]
    for (pair, numbers) in byPair {
      if known[numbers] == nil {
        known[numbers] = Int32(lists.count)
        lists.append(numbers)
      }
      pairs[pair] = known[numbers] ?? -1
    }
    (self.pairs, self.lists, self.firsts) = (pairs, lists, firsts)
    filter = SecretFilter(forms, pairs: pairs)
  }

  public func mask(_ text: String) -> String {
    isEmpty ? text : String(decoding: mask(Array(text.utf8)), as: UTF8.self)
  }

  public func mask(_ bytes: [UInt8]) -> [UInt8] {
    isEmpty ? bytes : masked(bytes, isWhole: true).bytes
  }

  /// - Parameter isWhole: nothing follows. Otherwise what may be the beginning of a secret stays in the rest.
  /// - Returns: the masked bytes, where the rest begins, and whether anything was masked.
  func masked(_ bytes: [UInt8], isWhole: Bool) -> (bytes: [UInt8], rest: Int, isChanged: Bool) {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    // What stands between two matches is copied in one go.
    var copied = 0
    bytes.withUnsafeBufferPointer { bytes in
      let scan = SecretScan(bytes: bytes, isWhole: isWhole)
      while index < bytes.count {
        index = filter.next(in: bytes, from: index)
        guard index < bytes.count else { return }
        switch extent(scan, at: index) {
        case .nothing: index += 1
        case .open: return
        case .matched(let end):
          result += bytes[copied..<index]
          result += Self.dots
          (index, copied) = (end, end)
        }
      }
    }
    result += bytes[copied..<index]
    return (result, index, copied > 0)
  }

  /// Whether a secret begins in front of `end`, or may begin there if more bytes followed.
  func mayBegin(in bytes: [UInt8], before end: Int, isWhole: Bool) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      let scan = SecretScan(bytes: bytes, isWhole: isWhole)
      var index = filter.next(in: bytes, from: 0)
      while index < end {
        if longest(scan, at: index) != .nothing { return true }
        index = filter.next(in: bytes, from: index + 1)
      }
      return false
    }
  }

  /// Two secrets may overlap in a text; neither may keep an end.
  private func extent(_ scan: SecretScan, at start: Int) -> SecretScan.Extent {
    guard case .matched(var end) = longest(scan, at: start) else { return longest(scan, at: start) }
    var index = start + 1
    while index < end {
      switch longest(scan, at: index) {
      case .nothing: break
      case .open: return .open
      case .matched(let other): end = max(end, other)
      }
      index += 1
    }
    return .matched(end)
  }

  /// An open one counts before a shorter one that matches: what is found must not depend on the pieces of a text.
  private func longest(_ scan: SecretScan, at index: Int) -> SecretScan.Extent {
    for number in candidates(scan.bytes, at: index) {
      let extent = scan.extent(of: forms[number], at: index)
      if extent != .nothing { return extent }
    }
    return .nothing
  }

  private func candidates(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> [Int] {
    guard index + 1 < bytes.count else { return firsts[Int(bytes[index])] }
    let list = pairs[Int(bytes[index]) << 8 | Int(bytes[index + 1])]
    return list < 0 ? [] : lists[Int(list)]
  }
}
