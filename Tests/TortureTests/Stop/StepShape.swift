/// Ways in which a block's processes get out of a killer's sight. Each script says when its processes stand, and does
/// not end by itself.
enum StepShape: String, CaseIterable, Sendable {
  case child
  case newSession
  case doubleFork
  case cleanDoubleFork
  case ignoresTERM
  case holdsOutput
  case killsItsGroupAtExit
  case restarts
  case stopsItself
  case aimsAtItsSupervisor

  func script(whenUp up: String = "echo up") -> String {
    switch self {
    case .child: "sleep 300 & \(up); wait"
    case .newSession: "setsid sleep 300 > /dev/null 2>&1 & \(up); sleep 300"
    case .doubleFork: "(setsid sh -c 'sleep 300 & sleep 301 & wait' &) ; \(up); sleep 300"
    case .cleanDoubleFork:
      "(env -i /usr/bin/setsid /bin/sh -c '(sleep 300 &) ; exec sleep 301' &) ; \(up); sleep 300"
    case .ignoresTERM: "trap '' TERM HUP INT; sleep 300 & \(up); while :; do sleep 1; done"
    case .holdsOutput:
      "(trap '' TERM; setsid sh -c 'while :; do sleep 1; done' &) ; \(up); cat /dev/zero | sleep 300"
    case .killsItsGroupAtExit: "trap 'kill 0' EXIT; setsid sleep 300 & sleep 300 & \(up); wait"
    case .restarts:
      """
      guard() { trap '' TERM; while :; do setsid sleep 0.05; done; }
      guard & (setsid bash -c 'trap "" TERM; while :; do (sleep 0.03 &); sleep 0.02; done' &)
      \(up); sleep 300
      """
    case .stopsItself: "setsid sh -c 'kill -STOP $$; sleep 300' & \(up); kill -STOP $$; sleep 300"
    case .aimsAtItsSupervisor:
      "trap 'kill -TERM $PPID; kill -HUP $PPID; kill -INT -- -$PPID' TERM; \(up); while :; do sleep 0.1; done"
    }
  }
}
