extension Answer.Choice {
  /// The key that says it. A key means the same in every menu, so two choices share one only where both lead to the
  /// same; those are never offered side by side.
  public var key: Character {
    switch self {
    case .yes: "y"
    case .no: "n"
    case .done: "d"
    case .skip: "s"
    case .retry, .run: "r"
    case .rollback, .cancel: "b"
    case .stop: "q"
    case .background, .leave: "l"
    case .wait: "w"
    case .fallback: "f"
    case .none: "\0"
    }
  }

  /// A word or two for it; what follows from it is the question's to say.
  public var label: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .done: "done"
    case .skip: "skip"
    case .retry: "retry"
    case .run: "run it"
    case .rollback: "roll back"
    case .cancel: "cancel and roll back"
    case .stop: "stop here"
    case .background, .leave: "leave it running"
    case .wait: "wait longer"
    case .fallback: "fallback"
    case .none: ""
    }
  }

  /// Journals of earlier versions have a word of its own for stopping at an interruption.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let word = try container.decode(String.self)
    guard let choice = Self(rawValue: word == "keep" ? "stop" : word) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "“\(word)” is no answer")
    }
    self = choice
  }
}
