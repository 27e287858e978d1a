/// A question with its answers, each by one key.
struct Menu: Sendable, Equatable {
  struct Choice: Sendable, Equatable {
    var key: Character
    var label: String
  }

  var question: String
  var choices: [Choice]
  /// Until the question answers itself; nil if it waits.
  var secondsLeft: Double?

  init(question: String, choices: [Choice], secondsLeft: Double? = nil) {
    self.question = question
    self.choices = choices
    self.secondsLeft = secondsLeft
  }
}
