/// What a part of a script takes from what ran before it, and leaves to what runs after it.
struct ScriptEffects {
  /// Variables whose value from before it uses.
  var uses: Set<String> = []
  var sets: Set<String> = []
  /// Of those, the ones that have a new value afterwards in any case.
  var surelySets: Set<String> = []
  /// Functions of the script that it names.
  var calls: Set<String> = []
  /// Arguments of the script: `$1`, `$@`, `$#`.
  var arguments: Set<String> = []
  /// A trap in it looks at `$?`: the status that the script ends with.
  var asksHowItEnded = false

  /// What is no variable, and is left to commands that come later all the same.
  enum Leak: String, CaseIterable {
    case folder = "(folder)"
    case options = "(options)"
    case ending = "(ending)"
    case descriptors = "(descriptors)"
    case jobs = "(jobs)"
    case status = "(status)"

    /// Every later command sees it, not only those that ask.
    var concernsAll: Bool { self != .jobs && self != .status }

    static func isLeak(_ name: String) -> Bool { Leak(rawValue: name) != nil }
  }

  mutating func add(calling other: ScriptEffects) {
    uses.formUnion(other.uses.subtracting(surelySets))
    sets.formUnion(other.sets)
    calls.formUnion(other.calls)
    asksHowItEnded = asksHowItEnded || other.asksHowItEnded
  }
}
