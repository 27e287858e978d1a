/// How a piece of text is to stand out, where colours may be used.
enum Ink: Sendable, Equatable {
  case plain
  case bold
  case dim
  case red
  case green
  case yellow
  case blue
  case cyan

  /// The parameter of "select graphic rendition".
  var code: Int? {
    switch self {
    case .plain: nil
    case .bold: 1
    case .dim: 2
    case .red: 31
    case .green: 32
    case .yellow: 33
    case .blue: 34
    case .cyan: 36
    }
  }
}
