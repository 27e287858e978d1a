/// What one attempt at a block is started with.
public struct StepLaunch: Sendable {
  public var folder: StepFolder
  /// A path, or a name to be looked up in the environment's `PATH`.
  public var program: String
  public var arguments: [String]
  /// The block's whole environment; the mark of the attempt is added to it.
  public var environment: [String: String]
  public var workingDirectory: String
  /// Time awake from the start to the stop; nil for no deadline.
  public var deadline: Duration?
  /// The longest time without output; nil for any. Not told of an interactive block.
  public var idle: Duration?
  /// Time between TERM and KILL.
  public var grace: Duration
  /// Bytes of log and captured output together, above which the block is stopped; 0 for none.
  public var logLimit: Int
  /// The block gets the terminal of this process, as its standard input, output and error.
  public var isInteractive: Bool
  /// Standard output goes to a file of its own.
  public var capturesOutput: Bool
  /// To stop it, its first process alone is asked to end, which passes on what has to be.
  public var asksLeaderOnly = false

  public init(
    folder: StepFolder, program: String, arguments: [String], environment: [String: String],
    workingDirectory: String, deadline: Duration? = nil, idle: Duration? = nil,
    grace: Duration = .seconds(10), logLimit: Int = 1 << 30, isInteractive: Bool = false,
    capturesOutput: Bool = false
  ) {
    self.folder = folder
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.deadline = deadline
    self.idle = idle
    self.grace = grace
    self.logLimit = logLimit
    self.isInteractive = isInteractive
    self.capturesOutput = capturesOutput
  }
}
