/// How the system's ssh is called: a value, so that what is run can be seen without running it.
public struct SSHClient: Sendable, Codable, Equatable {
  /// How long a connection may take, in seconds.
  public static let connectTimeout = 10

  /// The user's own configuration where it is nil.
  public var configFile: TrustedPath?
  /// The socket of the run's connection to the host.
  public var socket: String

  public init(configFile: TrustedPath?, socket: String) {
    self.configFile = configFile
    self.socket = socket
  }

  public enum Use: Sendable {
    /// Opens the connection that others share, and goes over it itself.
    case opens
    /// Goes over the shared one; where there is none, over one of its own.
    case shares
    /// Goes over one of its own: the shared one may hang.
    case own
  }

  /// The command line that runs `sh` there, with its program to come over standard input.
  public func words(host: String, _ use: Use) -> [String] {
    var options = [
      // Nobody sits there to be asked.
      "BatchMode=yes", "ConnectTimeout=\(Self.connectTimeout)", "ConnectionAttempts=1",
      // A dead link is seen within 30 s.
      "ServerAliveInterval=10", "ServerAliveCountMax=2",
      "RequestTTY=no", "RemoteCommand=none", "PermitLocalCommand=no",
      // A forwarding of the user's own that is in use already would end it.
      "ClearAllForwardings=yes", "ForwardX11=no", "LogLevel=ERROR",
      "ControlPath=\(use == .own ? "none" : socket)",
    ]
    switch use {
    // It outlives us a while where we are killed: steps that run on still share it.
    case .opens: options += ["ControlMaster=auto", "ControlPersist=60"]
    case .shares, .own: options += ["ControlMaster=no"]
    }
    return ["ssh"] + (configFile.map { ["-F", $0.text] } ?? []) + options.flatMap { ["-o", $0] }
      + ["-e", "none", "--", host, "exec sh"]
  }

  /// For blocks of this machine that copy files: a command line that goes over the run's connection.
  var forBlocks: String {
    "ssh " + (configFile.map { "-F \($0.text) " } ?? "")
      + "-o BatchMode=yes -o ControlMaster=no -o ControlPath=\(socket)"
  }

  /// As a person would type it.
  func typed(_ host: String) -> String {
    "ssh " + (configFile.map { "-F \($0.text) " } ?? "") + host
  }

  /// The command line that closes the shared connection.
  public func closingWords(host: String) -> [String] {
    ["ssh"] + (configFile.map { ["-F", $0.text] } ?? [])
      + ["-o", "ControlPath=\(socket)", "-O", "exit", "--", host]
  }
}
