/// Why a host can't be worked on, in words for whoever has to mend it.
public struct HostFault: Error, Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable {
    case unknownName, refused, noRoute, timedOut, keyRejected, hostKeyChanged, hostKeyUnknown
    case configuration, noShell, unfit, locked, cut, other
  }

  public var kind: Kind
  public var message: String
  public var fix: String

  public init(_ kind: Kind, _ message: String, fix: String) {
    self.kind = kind
    self.message = message
    self.fix = fix
  }

  /// Trying again is of no use before a person has done something.
  var isFinal: Bool {
    switch kind {
    case .unknownName, .keyRejected, .hostKeyChanged, .hostKeyUnknown, .configuration, .noShell,
      .unfit, .locked:
      true
    case .refused, .noRoute, .timedOut, .cut, .other: false
    }
  }

  // MARK: From ssh

  /// - Parameters:
  ///   - ssh: how a person would call it for that host.
  ///   - lines: what ssh, or the login there, has said.
  static func ofClient(
    _ host: String, ssh: String, lines: [String], exit: Int32?
  ) -> HostFault {
    let text = lines.joined(separator: "\n")
    if let (kind, message, fix) = known(host, ssh, text) {
      return HostFault(kind, message, fix: fix)
    }
    let last = lines.last { !$0.isEmpty }
    if exit == 255 || exit == nil {
      return HostFault(
        .other, "\(host) can't be reached\(last.map { ": \($0)" } ?? "")",
        fix: "see what `\(ssh) true` says")
    }
    return HostFault(
      .noShell, "the login on \(host) starts no sh\(last.map { ": \($0)" } ?? "")",
      fix: "see what `\(ssh) sh -c true` says; the account needs a shell")
  }

  static func timedOut(_ host: String, ssh: String) -> HostFault {
    HostFault(
      .timedOut, "\(host) did not answer within \(SSHClient.connectTimeout) s",
      fix: "see whether it is up, and what `\(ssh) -v true` waits for")
  }

  static func cut(_ host: String, ssh: String) -> HostFault {
    HostFault(.cut, "the connection to \(host) was cut", fix: "see what `\(ssh) true` says")
  }

  // The words are those of OpenSSH's ssh.c, sshconnect.c and readconf.c.
  private static func known(
    _ host: String, _ ssh: String, _ text: String
  ) -> (Kind, String, String)? {
    let address = text.split(separator: "\n").last.map(String.init) ?? ""
    if text.contains("Could not resolve hostname") {
      return (
        .unknownName, "no host is known as \(host)",
        "mend the name, or give it a HostName in the ssh configuration"
      )
    }
    if text.contains("IDENTIFICATION HAS CHANGED") {
      return (
        .hostKeyChanged, "\(host) has another host key than the one known for it",
        "if the server was set up anew: `ssh-keygen -R \(host)`, then `\(ssh)` once; "
          + "else find out who answers there"
      )
    }
    if text.contains("Host key verification failed") || text.contains("host key is known for") {
      return (
        .hostKeyUnknown, "the host key of \(host) is not known here",
        "log in once by hand, compare the key and accept it: `\(ssh)`"
      )
    }
    if text.contains("Permission denied") || text.contains("Too many authentication failures") {
      return (
        .keyRejected, "\(host) rejects the login: \(address)",
        "put the right key into ssh-agent, or name it as IdentityFile in the ssh configuration; "
          + "a password can't be asked for"
      )
    }
    if text.contains("Connection refused") {
      return (
        .refused, "\(host) refuses connections: nothing listens on its ssh port",
        "see whether sshd runs there, and on which port"
      )
    }
    if text.contains("timed out") || text.contains("not responding") {
      let fault = timedOut(host, ssh: ssh)
      return (fault.kind, fault.message, fault.fix)
    }
    if text.contains("No route to host") || text.contains("Network is unreachable") {
      return (.noRoute, "there is no way to \(host): \(address)", "look at the network, or the VPN")
    }
    if text.contains("Bad configuration option") || text.contains("Can't open user config file")
      || text.contains("Bad owner or permissions")
    {
      return (.configuration, "ssh can't use its configuration: \(address)", "mend that file")
    }
    return nil
  }

  // MARK: From the program there

  static func missing(_ program: String, on host: String) -> HostFault {
    HostFault(
      .unfit, "\(program) is not on \(host)",
      fix: "install it there, or put it into the PATH of its login")
  }

  /// - Parameter words: those behind `refused`.
  static func refused(_ host: String, _ words: [String]) -> HostFault {
    let what = words.dropFirst().joined(separator: " ")
    switch words.first {
    case "proc":
      return HostFault(
        .unfit, "\(host) has no /proc, so what a block starts there can't be found to be ended",
        fix: "call ssh in a block of this machine instead")
    case "tool":
      return HostFault(
        .unfit, "\(host) lacks \(what)", fix: "install it there (util-linux, awk, coreutils)")
    case "held":
      return HostFault(
        .locked, "the lock on \(host) is held\(HostLock.holder(what))",
        fix: "wait for that run, or ask whoever has it; the lock falls with that run's connection")
    default:
      return HostFault(
        .unfit, "nothing can be written on \(host): \(what)",
        fix: "see whether its disk is full, and who owns that folder")
    }
  }
}
