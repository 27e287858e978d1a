/// Why the supervisor stopped the block, as the status file says it.
enum StopReason {
  case deadline
  case idle
  case request
  case logLimit

  var word: StaticString {
    switch self {
    case .deadline: "deadline"
    case .idle: "idle"
    case .request: "request"
    case .logLimit: "log-limit"
    }
  }
}
