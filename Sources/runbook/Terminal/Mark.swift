/// The state of a step as one character; readable without colour.
enum Mark: String, Sendable, Equatable, CaseIterable {
  case pending
  case running
  case done
  case failed
  case timedOut
  case skipped
  case rolledBack
  case waiting
  case byHand
  case warning
  case cancelled

  private static let spinner = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
  private static let plainSpinner = Array("|/-\\")

  /// - Parameter tick: the frame of the spinner; nil for a still picture.
  func text(_ style: Style, tick: Int? = nil) -> String {
    if self == .running, let tick {
      let frames = style.hasUnicode ? Self.spinner : Self.plainSpinner
      return String(frames[abs(tick % frames.count)])
    }
    return style.hasUnicode ? symbol : ascii
  }

  private var symbol: String {
    switch self {
    case .pending: "○"
    case .running: "▸"
    case .done: "✓"
    case .failed: "✗"
    case .timedOut: "⏱"
    case .skipped: "–"
    case .rolledBack: "↩"
    case .waiting: "?"
    case .byHand: "☑"
    case .warning: "!"
    case .cancelled: "⊘"
    }
  }

  private var ascii: String {
    switch self {
    case .pending: "."
    case .running: ">"
    case .done: "+"
    case .failed: "x"
    case .timedOut: "T"
    case .skipped: "-"
    case .rolledBack: "<"
    case .waiting: "?"
    case .byHand: "="
    case .warning: "!"
    case .cancelled: "/"
    }
  }

  var ink: Ink {
    switch self {
    case .pending, .skipped: .dim
    case .running: .cyan
    case .done, .byHand: .green
    case .failed, .timedOut, .cancelled: .red
    case .rolledBack, .waiting, .warning: .yellow
    }
  }

  /// Nothing more will happen to the step, and nothing went wrong.
  var isSettled: Bool { self == .done || self == .skipped || self == .byHand }

  /// The title stands back behind those of other steps.
  var isDim: Bool { self == .pending || self == .skipped }

  /// Where the eye should be.
  var isActive: Bool { self == .running || self == .waiting }
}
