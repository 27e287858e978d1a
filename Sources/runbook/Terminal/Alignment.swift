/// The side of its column that a text stands at.
enum Alignment: Sendable {
  case left
  case right
}
