/// A system call that failed before the block ran.
///
/// Its pointers are to literals and to the command line, which live as long as the process.
struct StepFailure: Error, @unchecked Sendable {
  /// Names the call; points to a literal.
  let call: UnsafePointer<CChar>
  let code: Int32
  let path: UnsafePointer<CChar>?

  init(call: StaticString, code: Int32, path: UnsafePointer<CChar>?) {
    self.init(
      calling: UnsafeRawPointer(call.utf8Start).assumingMemoryBound(to: CChar.self), code: code,
      path: path)
  }

  init(calling call: UnsafePointer<CChar>, code: Int32, path: UnsafePointer<CChar>?) {
    self.call = call
    self.code = code
    self.path = path
  }
}
