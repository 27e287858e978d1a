import CPlatform

/// The living descendants of this process, parents before their children.
///
/// The kernel hands orphans to the supervisor (it is a subreaper), so a chain of parents leads from whatever
/// the block started to us. What was there before us is never in it. Where there is no subreaper (macOS),
/// the block's session and process group and the mark in the environment stand in.
struct ProcessTree {
  struct Member {
    let process: platform_process
    /// Index of its parent among the members; nil for our own child.
    let parent: Int?
  }

  private(set) var members: [Member] = []

  /// A scan of all processes: 10 ms with 400 of them, so only where something is left to be found.
  init(leader: Int32, mark: UnsafePointer<CChar>?) {
    let own = platform_pid()
    var rest = Self.snapshot(own)
    var parents: [(pid: Int32, index: Int?)] = [(own, nil)]
    if platform_step_is_subreaper() == 0 { take(&rest, &parents, leader: leader, mark: mark) }
    let byParent = ChildIndex(rest)
    var next = 0
    while next < parents.count {
      let (pid, index) = parents[next]
      next += 1
      for child in byParent.children(of: pid) {
        members.append(Member(process: rest[child], parent: index))
        parents.append((rest[child].pid, members.count - 1))
      }
    }
  }

  var processes: [platform_process] { members.map { $0.process } }

  /// Sends the signal to each one that still is what it was in the scan, or to that one alone. True where it reached any.
  @discardableResult
  func send(_ signal: Signal, to pid: Int32? = nil) -> Bool {
    let number = signal.number
    var reached = false
    for member in members where pid == nil || member.process.pid == pid {
      var process = member.process
      let code: Int32
      if platform_step_is_subreaper() == 0 {
        code = platform_process_signal_exactly(&process, number)
      } else if let index = member.parent {
        var parent = members[index].process
        code = platform_process_signal(&process, &parent, number)
      } else {
        code = platform_process_signal(&process, nil, number)
      }
      reached = reached || code == 0
    }
    return reached
  }

  /// Whether any could still start others.
  var hasRunning: Bool {
    members.contains { $0.process.state != CChar(bitPattern: UInt8(ascii: "T")) }
  }

  private static func snapshot(_ own: Int32) -> [platform_process] {
    var found: [platform_process] = []
    let list = platform_processes_open()
    defer { platform_processes_close(list) }
    while true {
      let pid = platform_processes_next(list)
      guard pid > 0 else { return found }
      var process = platform_process()
      guard pid != own, platform_process_read(pid, &process) == 0,
        platform_process_is_dead(&process) == 0
      else { continue }
      found.append(process)
    }
  }

  /// Without a subreaper: takes what shares the block's session or group, or carries its mark, as if it were
  /// our own child.
  private mutating func take(
    _ rest: inout [platform_process], _ parents: inout [(pid: Int32, index: Int?)], leader: Int32,
    mark: UnsafePointer<CChar>?
  ) {
    let own = platform_pid()
    for index in rest.indices {
      let process = rest[index]
      guard process.parent != own else { continue }
      let isMarked = mark.map { platform_process_has_entry(process.pid, $0) == 1 } ?? false
      if process.group == leader || process.session == leader || isMarked {
        rest[index].parent = own
      }
    }
  }
}
