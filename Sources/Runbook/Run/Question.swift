/// Something only a person can decide.
public struct Question: Sendable, Codable, Equatable {
  /// What the question is about; each topic is asked once.
  public struct Topic: Sendable, Codable, Hashable {
    public enum Kind: String, Sendable, Codable {
      case manual
      case confirm
      case failure
      case interrupt
      case beforeStep = "before-step"
      /// A block is over its time, or silent for too long.
      case timeout
      /// How a block ended can't be known.
      case ambiguous
    }

    public let kind: Kind
    public let step: StepID?
    public let block: Int?
    public let attempt: Int?
    /// Tells apart what is asked more than once of the same: at each deadline of a try, at each interruption.
    public let round: Int?

    public init(
      _ kind: Kind, step: StepID? = nil, block: Int? = nil, attempt: Int? = nil, round: Int? = nil
    ) {
      self.kind = kind
      self.step = step
      self.block = block
      self.attempt = attempt
      self.round = round
    }
  }

  public let topic: Topic
  public let text: String
  public let choices: [Answer.Choice]
  /// After so many seconds the note's policy decides; nil: it stands until it is answered.
  public let seconds: Double?

  public init(topic: Topic, text: String, choices: [Answer.Choice], seconds: Double?) {
    self.topic = topic
    self.text = text
    self.choices = choices
    self.seconds = seconds
  }
}
