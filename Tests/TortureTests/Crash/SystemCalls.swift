/// The system calls of a process, as strace wrote them down, one a line.
struct SystemCalls {
  struct Call {
    let name: String
    let text: String
    /// What it gave back; nil where it did not return.
    let result: String?
    /// The file that its first argument is open for, by `strace -y`.
    var file: String? {
      guard let start = text.firstIndex(of: "<"), let end = text[start...].firstIndex(of: ">"),
        text[..<start].allSatisfy(\.isNumber)
      else { return nil }
      return String(text[text.index(after: start)..<end])
    }
  }

  let calls: [Call]

  init(_ text: String) {
    calls = text.split(separator: "\n").compactMap { line in
      guard let open = line.firstIndex(of: "("), line.first?.isLetter == true else { return nil }
      let result = line.range(of: " = ", options: .backwards).map { String(line[$0.upperBound...]) }
      return Call(
        name: String(line[..<open]), text: String(line[line.index(after: open)...]),
        result: result)
    }
  }

  /// Those that change something, or wait: between two of them a killed process leaves the same.
  static let changing = [
    "write", "pwrite64", "fdatasync", "fsync", "mkdir", "mknodat", "clone3", "vfork", "clone",
    "linkat", "link", "renameat2", "renameat", "rename", "unlink", "unlinkat", "ftruncate",
    "fallocate", "flock", "poll", "wait4", "pidfd_open", "pipe2", "exit_group", "openat",
  ]

  /// A moment: before a process's Nth call of that name.
  struct Moment: CustomStringConvertible {
    let name: String
    let number: Int
    var description: String { "\(name) \(number)" }
  }

  /// Every call of the course, in order.
  var everyMoment: [Moment] {
    var counts: [String: Int] = [:]
    return calls.map { call in
      counts[call.name, default: 0] += 1
      return Moment(name: call.name, number: counts[call.name] ?? 0)
    }
  }

  /// Every moment of the course, in order. Words for the terminal, and files that are only read, count for nothing.
  var moments: [Moment] {
    var counts: [String: Int] = [:]
    return calls.compactMap { call in
      counts[call.name, default: 0] += 1
      let isIdle =
        call.name == "openat" && !call.text.contains("O_CREAT") && !call.text.contains("O_TMPFILE")
        || call.name == "write" && (call.text.hasPrefix("1,") || call.text.hasPrefix("2,"))
      return isIdle ? nil : Moment(name: call.name, number: counts[call.name] ?? 0)
    }
  }
}
