import CPlatform

/// The command line: `runbook-step 1 FOLDER DEADLINE IDLE GRACE LIMIT FLAGS CWD PROGRAM ARGUMENT…`, times
/// in milliseconds and the limit in bytes, 0 for none.
struct StepArguments {
  typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  let folder: UnsafeMutablePointer<CChar>
  let deadline: Int64
  let idle: Int64
  let grace: Int64
  let logLimit: Int64
  let isInteractive: Bool
  let capturesOutput: Bool
  /// TERM is for the block's first process alone, which passes on what has to be.
  let asksLeaderOnly: Bool
  let directory: UnsafeMutablePointer<CChar>
  /// The program and its arguments, with the null that ends `argv`.
  let block: Words

  init?(count: Int, _ words: Words) {
    guard count >= 10, let version = words[1], version[0] == 0x31, version[1] == 0,
      let folder = words[2], let directory = words[8], let flags = words[7],
      let deadline = Decimal.value(words[3]), let idle = Decimal.value(words[4]),
      let grace = Decimal.value(words[5]), let logLimit = Decimal.value(words[6])
    else { return nil }
    self.folder = folder
    self.directory = directory
    self.deadline = deadline
    self.idle = idle
    self.grace = grace
    self.logLimit = logLimit
    var isInteractive = false
    var capturesOutput = false
    var asksLeaderOnly = false
    var next = flags
    while next.pointee != 0 {
      switch UInt8(bitPattern: next.pointee) {
      case UInt8(ascii: "i"): isInteractive = true
      case UInt8(ascii: "c"): capturesOutput = true
      case UInt8(ascii: "l"): asksLeaderOnly = true
      case UInt8(ascii: "-"): break
      default: return nil
      }
      next += 1
    }
    self.isInteractive = isInteractive
    self.capturesOutput = capturesOutput
    self.asksLeaderOnly = asksLeaderOnly
    block = words + 9
  }
}
