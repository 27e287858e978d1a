import CPlatform

/// The signals that the supervisor sends; their numbers are the system's.
enum Signal {
  case stop
  case resume
  case terminate
  case kill

  var number: Int32 {
    switch self {
    case .stop: platform_signal_number(Int32(PLATFORM_STOP))
    case .resume: platform_signal_number(Int32(PLATFORM_CONTINUE))
    case .terminate: platform_signal_number(Int32(PLATFORM_TERMINATE))
    case .kill: platform_signal_number(Int32(PLATFORM_KILL))
    }
  }
}
