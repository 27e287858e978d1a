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
    }

    public let kind: Kind
    public let step: StepID?
    public let block: Int?
    public let attempt: Int?

    public init(_ kind: Kind, step: StepID? = nil, block: Int? = nil, attempt: Int? = nil) {
      self.kind = kind
      self.step = step
      self.block = block
      self.attempt = attempt
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
