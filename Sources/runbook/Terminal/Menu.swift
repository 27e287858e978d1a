/// A question with its answers, each by one key.
struct Menu: Sendable, Equatable {
  struct Choice: Sendable, Equatable {
    var key: Character
    var label: String
    /// What follows from it.
    var effect: String?
  }

  var question: String
  var choices: [Choice]
  /// Keys that answer nothing.
  var aids: [Choice] = []
  /// Until the question answers itself; nil if it waits.
  var secondsLeft: Double?
  /// What happens then.
  var otherwise: String?
  /// The comment that is being written.
  var draft: String?

  init(question: String, choices: [Choice], secondsLeft: Double? = nil) {
    self.question = question
    self.choices = choices
    self.secondsLeft = secondsLeft
  }

  /// `59 s: roll back`
  var countdown: String? {
    secondsLeft.map { seconds in
      let left = "\(Int(max(0, min(seconds, 1e6)).rounded(.up))) s"
      return otherwise.map { "\(left): \($0)" } ?? left
    }
  }
}
