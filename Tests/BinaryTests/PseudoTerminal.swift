#if canImport(Glibc)
  import Glibc
  import Runbook
  import TestSupport
  import Testing

  /// A new terminal that this process leads, with its keyboard and screen in our hands.
  struct PseudoTerminal {
    private let master: Int32
    private let slave: Int32
    private let before: String

    init() throws {
      setsid()
      // What posix_openpt, unlockpt and ptsname do; the module of the C library hides them.
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var isLocked: Int32 = 0
      var number: UInt32 = 0
      try #require(ioctl(master, 0x4004_5431, &isLocked) == 0)
      try #require(ioctl(master, 0x8004_5430, &number) == 0)
      // Without O_NOCTTY: it becomes the session's terminal.
      slave = open("/dev/pts/\(number)", O_RDWR)
      try #require(slave >= 0)
      for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      before = Self.modes(of: slave)
    }

    func launch(
      in path: String, _ script: String, captures: Bool = false, deadline: Duration? = nil
    ) throws -> StepHandle {
      try Self.launch(in: path, script, captures: captures, deadline: deadline)
    }

    static func launch(
      in path: String, _ script: String, captures: Bool, deadline: Duration?
    ) throws -> StepHandle {
      let folder = StepFolder(path: path + "/step")
      try folder.create(script: Array(script.utf8))
      let launch = StepLaunch(
        folder: folder, program: "bash", arguments: [folder.script],
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "dumb"],
        workingDirectory: path, deadline: deadline, grace: .milliseconds(200), isInteractive: true,
        capturesOutput: captures)
      let supervisor = try #require(StepSupervisor.locate(beside: CommandLine.arguments[0]))
      return try StepHandle.launch(launch, supervisor: supervisor)
    }

    func type(_ text: String) { _ = write(master, text, text.utf8.count) }

    /// What the screen shows, up to and with the text.
    @discardableResult
    func read(until text: String) throws -> String {
      var shown = ""
      while !shown.contains(text) {
        var wanted = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wanted, 1, Patience.milliseconds) == 1, "only this came: \(shown)")
        var byte: UInt8 = 0
        try #require(Glibc.read(master, &byte, 1) == 1, "only this came: \(shown)")
        shown.unicodeScalars.append(Unicode.Scalar(byte))
      }
      return shown
    }

    func end(of handle: StepHandle) throws -> StepStatus {
      var wanted = pollfd(fd: handle.waitDescriptor, events: Int16(POLLIN), revents: 0)
      try #require(poll(&wanted, 1, Patience.milliseconds) == 1, "the supervisor has not ended")
      guard case .ended(let status) = handle.status() else {
        throw TestSupportError("it is \(handle.status())")
      }
      return status
    }

    var isOursAndAsItWas: Bool {
      tcgetpgrp(slave) == getpgrp() && Self.modes(of: slave) == before
    }

    func text(_ path: String) -> String {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let file = open(path, O_RDONLY)
      defer { close(file) }
      let count = Glibc.read(file, &bytes, bytes.count)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    private static func modes(of terminal: Int32) -> String {
      var modes = termios()
      tcgetattr(terminal, &modes)
      return "\(modes.c_iflag) \(modes.c_oflag) \(modes.c_cflag) \(modes.c_lflag)"
    }
  }
#endif
