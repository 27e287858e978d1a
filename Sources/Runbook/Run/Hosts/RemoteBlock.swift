/// What a host needs to know of an attempt at a block. Values of variables are not in it.
public struct RemoteBlock: Sendable, Codable, Equatable {
  /// The run's id.
  public var run: String
  /// The attempt's name on the host. It stays the same when another follower takes over.
  public var attempt: String
  /// The block's program with its arguments; the script comes behind.
  public var interpreter: [String]
  /// As written in the note: relative to the login folder, `~` for that.
  public var folder: String?
  /// The variables that go along.
  public var names: [String]
  /// Seconds from the start there; it holds without any connection. Nil for none.
  public var deadline: Double?
  /// Seconds between TERM and KILL.
  public var grace: Double
  /// Bytes of log above which it is stopped; 0 for none.
  public var logLimit: Int
  /// Standard output is a value.
  public var captures: Bool
}
