/// A runnable fence of a step.
public struct Block: Sendable, Equatable {
  public let role: BlockRole
  /// As written on the fence, in lower case.
  public let language: String
  public let interpreter: Interpreter
  /// Set where the block's shell ends it at its first failure.
  public let strictShell: StrictShell?
  /// What is written to the script file, exactly.
  public private(set) var code: [UInt8]
  public internal(set) var options: BlockOptions
  /// The attributes in force by their written names, for people and `--json`.
  public private(set) var attributes: [String: String]
  /// Its opening line.
  public let place: SourcePlace
  /// A hash of all that executes here: code, interpreter, role, options.
  public let digest: String

  /// The same with other words in all that is shown of it.
  func showing(_ change: (String) -> String) -> Block {
    var copy = self
    copy.code = Array(change(String(decoding: code, as: UTF8.self)).utf8)
    copy.attributes = attributes.mapValues(change)
    copy.options.host = options.host.map(change)
    copy.options.hosts = options.hosts.map(change)
    return copy
  }

  /// 1-based, in its note.
  public var line: Int { place.line }

  /// The program and its arguments; the path of the script comes behind.
  public var command: [String] {
    [interpreter.program] + (strictShell?.arguments ?? interpreter.arguments)
  }

  /// The same for people, without what only finds the place of a failure.
  var shownCommand: [String] {
    [interpreter.program] + (strictShell?.options ?? interpreter.arguments)
  }
}
