/// What a block prints, with the note's lines for its script's, as it comes.
struct ScriptPathStream {
  private let paths: ScriptPaths?
  private var rest: [UInt8] = []

  init(_ paths: ScriptPaths?) { self.paths = paths }

  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    guard let paths else { return bytes }
    let all = rest.isEmpty ? bytes : rest + bytes
    let settled = paths.settled(all)
    guard settled < all.count else {
      rest = []
      return paths.shown(all)
    }
    rest = Array(all[settled...])
    return paths.shown(Array(all[..<settled]))
  }

  mutating func finish() -> [UInt8] {
    defer { rest = [] }
    return paths?.shown(rest) ?? rest
  }
}
