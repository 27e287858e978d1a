/// What has to happen next, as a value. Carrying one out yields at least one event.
public enum Action: Sendable, Equatable {
  /// A fact that follows from those before it; nothing has to be done in the world.
  case record(RunEvent.Kind)
  /// Find out whether a condition holds with the values of now.
  case evaluate(Condition, RunEvent.Evaluated.Subject)
  case start(AttemptRef)
  case stop(AttemptRef, StopReason, isImmediate: Bool)
  /// Give it more seconds from now on; nil: no limit ends it any more.
  case extend(AttemptRef, seconds: Double?, isSilence: Bool)
  case ask(Question)
  case wait(Wait)
  /// Nobody is there whom the run needs; it goes on when it is resumed.
  case pause(StepID, reason: String)
  /// This runner's part is over; another one, without a terminal, goes on.
  case leave

  /// What may happen next; the first of it ends the wait.
  public struct Wait: Sendable, Equatable {
    /// The end of this try.
    public var attempt: AttemptRef?
    /// The end of its time, by the run's clock.
    public var deadline: Double?
    /// The longest silence, in seconds.
    public var idle: Double?
    public var question: Question.Topic?
    /// When the question lapses, by the run's clock.
    public var questionDeadline: Double?
    /// A pause of this block ends, by the run's clock.
    public var pause: Pause?

    public struct Pause: Sendable, Equatable {
      public let block: BlockRef
      public let until: Double
    }

    public init(
      attempt: AttemptRef? = nil, deadline: Double? = nil, idle: Double? = nil,
      question: Question.Topic? = nil, questionDeadline: Double? = nil, pause: Pause? = nil
    ) {
      self.attempt = attempt
      self.deadline = deadline
      self.idle = idle
      self.question = question
      self.questionDeadline = questionDeadline
      self.pause = pause
    }
  }
}
