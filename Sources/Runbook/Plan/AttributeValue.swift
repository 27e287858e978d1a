/// What an attribute says, read by its kind.
enum AttributeValue: Sendable, Equatable {
  case flag
  case truth(Bool)
  case limit(TimeLimit)
  case count(Int)
  case timeoutPolicy(TimeoutPolicy)
  case errorPolicy(ErrorPolicy)
  case text(String)
  /// Expanded when the block runs, since it may name what an earlier block captures.
  case template(Template)
  case interpreter(Interpreter)
  case condition(Condition)
}
