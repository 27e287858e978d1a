#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A system call that failed: what was tried, on what, and `errno`.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  /// In plain words, to be read behind "can't": `open`, `write to`, `swap in`.
  public let call: String
  public let path: String?
  /// `errno`.
  public let code: Int32

  public init(_ call: String, path: String? = nil, code: Int32 = errno) {
    self.call = call
    self.path = path
    self.code = code
  }

  public var description: String {
    let reason = String(cString: strerror(code))
    let place = path.map { " " + $0 } ?? ""
    return "can't \(call)\(place): \(reason.prefix(1).lowercased())\(reason.dropFirst())"
  }
}
