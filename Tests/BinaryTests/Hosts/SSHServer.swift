import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A real sshd on a port of this machine, with keys and a home folder of its own; `ssh_config` in the runbook's folder
/// knows it by its name.
final class SSHServer {
  let name: String
  let port: Int
  /// The login's home there.
  let home: URL
  private let folder: URL
  private let keyFile: String
  private var pid: Int32 = -1

  static let program = "/usr/sbin/sshd"
  static let isThere = access(program, X_OK) == 0

  /// - Parameters:
  ///   - shell: the `sh` that the host has; its own where nil.
  ///   - environment: further variables of the login.
  ///   - configuration: further lines of its sshd_config.
  init(
    _ runbook: RunbookBinary, name: String = "prod", shell: [String]? = nil,
    environment: [String: String] = [:], configuration: [String] = []
  ) async throws {
    self.name = name
    folder = runbook.scratch.appendingPathComponent("sshd-\(name)")
    home = runbook.scratch.appendingPathComponent("home-\(name)")
    keyFile = folder.appendingPathComponent("key").path
    for url in [folder, home, home.appendingPathComponent("bin")] {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    // Debian's sshd wants it, and makes it only where it is started as a service.
    try? FileManager.default.createDirectory(
      atPath: "/run/sshd", withIntermediateDirectories: true)
    if let shell {
      let file = home.appendingPathComponent("bin/sh")
      try RunbookBinary.put(
        Array("#!/bin/dash\nexec \(shell.joined(separator: " ")) \"$@\"\n".utf8), file.path)
      chmod(file.path, 0o755)
    }
    for key in ["hostkey", "key"] {
      try Self.call([
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
        folder.appendingPathComponent(key).path,
      ])
    }
    var found = 0
    for _ in 0..<20 where pid < 0 {
      found = Int.random(in: 20000...32000)
      pid = try await Self.start(folder, home, found, environment, configuration) ?? -1
    }
    try #require(pid > 0, "sshd does not start")
    port = found
    try configure(runbook)
  }

  deinit {
    resume()
    stop()
  }

  // MARK: What happens to servers

  func stop() {
    guard pid > 0 else { return }
    for process in processes { kill(process, SIGKILL) }
    waitpid(pid, nil, 0)
    pid = -1
  }

  func start() async throws {
    pid = try #require(try await Self.start(folder, home, port, [:], []))
  }

  /// Each connection is cut, as by a firewall that forgets; what runs there runs on.
  func cutConnections() {
    for process in processes where process != pid { kill(process, SIGKILL) }
  }

  /// It answers nothing any more, and nothing is closed.
  func freeze() { for process in processes { kill(process, SIGSTOP) } }

  func resume() { for process in processes { kill(process, SIGCONT) } }

  /// How many logins there were.
  var logins: Int {
    let log = (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)) ?? ""
    return log.split(separator: "\n").count { $0.contains("Accepted publickey") }
  }

  /// How many connections there are now.
  var connections: Int { processes.count - 1 }

  /// What runs leave on the host.
  var leftovers: [String] {
    let hosts = home.appendingPathComponent(".local/state/runbook/hosts").path
    return (try? FileManager.default.contentsOfDirectory(atPath: hosts)) ?? []
  }

  /// sshd's own processes: the listener and those of its connections.
  private var processes: [Int32] {
    guard pid > 0 else { return [] }
    var found = [pid]
    var next = 0
    while next < found.count {
      found += Self.children(of: found[next]).filter { Self.name($0).hasPrefix("sshd") }
      next += 1
    }
    return found
  }

  private static func children(of pid: Int32) -> [Int32] {
    let text =
      (try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { Int32($0) }
  }

  private static func name(_ pid: Int32) -> String {
    (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) ?? ""
  }

  // MARK: Setting up

  private func configure(_ runbook: RunbookBinary) throws {
    let known = folder.appendingPathComponent("known_hosts")
    let key = try String(
      contentsOf: folder.appendingPathComponent("hostkey.pub"), encoding: .utf8)
    try RunbookBinary.put(
      Array("[127.0.0.1]:\(port) \(key.split(separator: " ")[..<2].joined(separator: " "))\n".utf8),
      known.path)
    let file = "ssh_config"
    let before = runbook.exists(file) ? try runbook.read(file) : ""
    try runbook.write(
      file,
      before + """
        Host \(name)
          HostName 127.0.0.1
          Port \(port)
          User \(NSUserName())
          IdentityFile \(keyFile)
          IdentitiesOnly yes
          UserKnownHostsFile \(known.path)

        """)
  }

  private static func start(
    _ folder: URL, _ home: URL, _ port: Int, _ environment: [String: String],
    _ configuration: [String]
  ) async throws -> Int32? {
    let path = "\(home.path)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    let lines =
      [
        "Port \(port)", "ListenAddress 127.0.0.1", "HostKey \(folder.path)/hostkey",
        "AuthorizedKeysFile \(folder.path)/key.pub", "PidFile none", "StrictModes no", "UsePAM no",
        "PasswordAuthentication no", "PermitRootLogin yes", "MaxStartups 100",
        "MaxSessions 100", "Subsystem sftp internal-sftp",
        (["SetEnv", "HOME=\(home.path)", "PATH=\(path)"]
          + environment.map { "\($0.key)=\($0.value)" }).joined(separator: " "),
      ] + configuration
    let file = folder.appendingPathComponent("sshd_config").path
    try RunbookBinary.put(Array((lines.joined(separator: "\n") + "\n").utf8), file)
    let pid = try spawn([program, "-D", "-f", file, "-E", "\(folder.path)/log"])
    let log = folder.appendingPathComponent("log")
    var raw: Int32 = 0
    var hasEnded = false
    let ready = "Server listening on 127.0.0.1 port \(port)."
    let before = Self.count(ready, in: log)
    _ = try await eventually {
      hasEnded = waitpid(pid, &raw, WNOHANG) == pid
      return hasEnded || Self.count(ready, in: log) > before || isListening(port)
    }
    return hasEnded ? nil : pid
  }

  private static func count(_ text: String, in log: URL) -> Int {
    ((try? String(contentsOf: log, encoding: .utf8)) ?? "").split(separator: "\n")
      .count { $0.contains(text) }
  }

  private static func isListening(_ port: Int) -> Bool {
    let table = (try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? ""
    return table.contains(String(format: ":%04X 00000000:0000 0A", port))
  }

  private static func call(_ words: [String]) throws {
    var status: Int32 = 0
    waitpid(try spawn(words), &status, 0)
    try #require(status == 0, "\(words[0]) fails")
  }

  private static func spawn(_ words: [String]) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // A session of its own, and default signals; both give their place to the program, so the pid is its.
    let arguments = (["env", "--default-signal", "setsid"] + words).map { strdup($0) }
    defer { for pointer in arguments { free(pointer) } }
    var pid: Int32 = -1
    let code = posix_spawnp(&pid, "env", &actions, nil, arguments + [nil], environ)
    try #require(code == 0, "\(words[0]) can't be started")
    return pid
  }
}
