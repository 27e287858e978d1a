/// Where a person can be asked: a terminal, or nothing.
public protocol RunFront: AnyObject {
  /// May become false, and then stays so.
  var canAsk: Bool { get }
  /// Readable when the person pressed a key; nil: there is nothing to read from.
  var inputDescriptor: Int32? { get }
  /// Shows a question. It stands until it is answered here or elsewhere, or lapses.
  func present(_ question: Question, secondsLeft: Double?)
  /// What the person has said by now; nil: nothing yet. Never waits for the first key.
  func answer(to question: Question) -> Answer?
  /// The person reads what the question is about, or writes a comment; its time stands meanwhile.
  var isBusy: Bool { get }
  /// The question needs no answer any more.
  func withdraw()
  /// A block takes the terminal over, or gives it back.
  func lend(_ isLent: Bool)
  /// The person is gone for good.
  func hangUp()
}

/// Nobody to ask.
public final class NobodyThere: RunFront {
  public init() {}
  public var canAsk: Bool { false }
  public var inputDescriptor: Int32? { nil }
  public func present(_ question: Question, secondsLeft: Double?) {}
  public func answer(to question: Question) -> Answer? { nil }
  public var isBusy: Bool { false }
  public func withdraw() {}
  public func lend(_ isLent: Bool) {}
  public func hangUp() {}
}
