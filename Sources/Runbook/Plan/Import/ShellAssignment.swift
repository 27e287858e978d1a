/// A variable that gets a value, in whatever way.
struct ShellAssignment {
  let name: String
  /// Of the value; empty where `read` or `for` gives it.
  let value: ShellWord?
  /// From where on it counts: behind the value.
  let offset: Int
  /// `NAME=value` alone, not `NAME+=`, an element or a list.
  let isPlain: Bool
  /// Not behind a condition.
  let isCertain: Bool
  var isLocal = false
  var isApart = false
  let function: String?
}
