/// A process to tell a person about.
public struct NamedProcess: Sendable, Equatable, Codable {
  /// 0 where only its existence is known.
  public let pid: Int32
  /// The kernel's short name of it, at most 15 bytes on Linux.
  public let name: String

  public init(pid: Int32, name: String) {
    self.pid = pid
    self.name = name
  }
}
