/// A size as people write it: `500`, `64K`, `10M`, `1G` (powers of 1024; a trailing `B` or `iB` is let pass).
struct ByteSize {
  let bytes: Int

  init?(_ text: String) {
    var rest = text.uppercased().filter { $0 != " " }
    if rest.hasSuffix("B") { rest.removeLast() }
    if rest.hasSuffix("I") { rest.removeLast() }
    let scale: Int
    switch rest.last {
    case "K": scale = 1 << 10
    case "M": scale = 1 << 20
    case "G": scale = 1 << 30
    default: scale = 1
    }
    if scale > 1 { rest.removeLast() }
    guard let number = Int(rest), number > 0, number <= Int.max / scale else { return nil }
    bytes = number * scale
  }
}
