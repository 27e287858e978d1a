import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A system call that failed: which, on what, and why.
public struct SystemError: Error, Sendable, Equatable, Codable {
  /// The call's name as in its manual page, `open` say, or what was tried in words that fit behind "can't".
  public let call: String
  public let path: String?
  /// The system's `errno`.
  public let code: Int32

  public init(_ call: String, path: String? = nil, code: Int32 = errno) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// The system's words for the code, `No such file or directory` say.
  public var reason: String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
      guard let start = text.baseAddress else { return "error \(code)" }
      platform_error_text(code, start, text.count)
      return String(cString: start)
    }
  }
}
