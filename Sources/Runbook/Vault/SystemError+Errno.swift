#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SystemError {
  /// Of the call that has just failed.
  init(_ call: String, path: String?) { self.init(call, path: path, code: errno) }
}
