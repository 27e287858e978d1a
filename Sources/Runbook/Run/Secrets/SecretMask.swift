/// Replaces secrets, in the forms that programs print them in, by dots.
public struct SecretMask: Sendable {
  /// What stands in their place.
  static let dots = Array("••••".utf8)
  /// A secret of fewer bytes is in every log by chance: its dots hide words, and where they are tells what it is.
  public static let shortest = 6

  public let isEmpty: Bool
  private let forms: [SecretForm]
  /// Passes over nearly every place of a log.
  private let filter: SecretFilter
  private let table: SecretTable

  public init(_ secrets: [String]) {
    forms = SecretForm.all(of: secrets)
    isEmpty = forms.isEmpty
    filter = SecretFilter(forms)
    table = SecretTable(forms)
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
    let first = longest(scan, at: start)
    guard case .matched(var end) = first else { return first }
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

  /// Of all forms. One that is open counts before one that matches: what is found must not depend on the pieces of a
  /// text.
  private func longest(_ scan: SecretScan, at index: Int) -> SecretScan.Extent {
    var farthest: Int?
    for number in table.candidates(scan.bytes, at: index) {
      switch scan.extent(of: forms[Int(number)], at: index) {
      case .nothing: break
      case .open: return .open
      case .matched(let end): farthest = max(farthest ?? end, end)
      }
    }
    return farthest.map { .matched($0) } ?? .nothing
  }
}
