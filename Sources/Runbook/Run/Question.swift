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
  /// What follows from a choice, by its raw value, in words; missing where its name says it.
  public let effects: [String: String]?
  /// After so many seconds the note's policy decides; nil: it stands until it is answered.
  public let seconds: Double?
  /// What happens then, in words.
  public let otherwise: String?

  public init(
    topic: Topic, text: String, choices: [Answer.Choice], effects: [Answer.Choice: String] = [:],
    seconds: Double?, otherwise: String? = nil
  ) {
    self.topic = topic
    self.text = text
    self.choices = choices
    self.effects =
      effects.isEmpty
      ? nil
      : Dictionary(uniqueKeysWithValues: effects.map { ($0.key.rawValue, $0.value) })
    self.seconds = seconds
    self.otherwise = otherwise
  }

  public func effect(of choice: Answer.Choice) -> String? { effects?[choice.rawValue] }

  /// The same with other words, such as those with values in them.
  func saying(_ text: String) -> Question {
    Question(
      topic: topic, text: text, choices: choices,
      effects: Dictionary(
        uniqueKeysWithValues: choices.compactMap { choice in
          effect(of: choice).map { (choice, $0) }
        }),
      seconds: seconds, otherwise: otherwise)
  }
}
