/// A process to tell a person about.
public struct NamedProcess: Sendable, Equatable, Codable {
  /// 0 where only its existence is known.
  public let pid: Int32
  /// The kernel's short name of it, at most 15 bytes on Linux.
  public let name: String
  /// Where it is; nil for this machine.
  public let host: String?

  public init(pid: Int32, name: String, host: String? = nil) {
    self.pid = pid
    self.name = name
    self.host = host
  }

  /// False where nobody could look: it may run, or have ended.
  public var isSure: Bool { host == nil || !name.isEmpty }

  /// `process 4711 (node)`, `process 4711 (node) on prod`.
  public var text: String {
    let place = host.map { " on \($0)" } ?? ""
    guard pid > 0 else { return "a process" + place }
    return "process \(pid)" + (name.isEmpty ? "" : " (\(name))") + place
  }
}
