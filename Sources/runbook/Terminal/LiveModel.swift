/// All that the live view shows, at one moment.
struct LiveModel: Sendable, Equatable {
  var title: String
  /// `run 7f3a · deadline 10m`, or empty.
  var header: String
  var steps: [StepLine]
  /// The last lines of the running step's output, oldest first.
  var tail: [String]
  var footer: String?
  var menu: Menu?
  /// What is read in place of all that.
  var page: Page?
  /// The run waits for a person: no step's clock goes on.
  var isWaiting = false

  init(
    title: String, header: String = "", steps: [StepLine] = [], tail: [String] = [],
    footer: String? = nil, menu: Menu? = nil
  ) {
    self.title = title
    self.header = header
    self.steps = steps
    self.tail = tail
    self.footer = footer
    self.menu = menu
  }

  /// Something in it changes by itself as time goes by.
  var isAnimated: Bool {
    menu?.secondsLeft != nil || !isWaiting && steps.contains { $0.mark == .running }
  }

  /// The same so many seconds later, if nothing happens: clocks of running steps go on, the question's runs
  /// down.
  func advanced(by seconds: Double) -> LiveModel {
    var later = self
    for index in steps.indices where !isWaiting && steps[index].mark == .running {
      later.steps[index].elapsed = steps[index].elapsed.map { $0 + seconds }
    }
    later.menu?.secondsLeft = menu?.secondsLeft.map { max(0, $0 - seconds) }
    return later
  }
}
