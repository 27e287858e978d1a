/// What a block does when it is run, as its code says: `ok`, `exit 3 after 5`, `hang`, `stubborn` (lives until the
/// grace is over), `unkillable`, `lost` (its supervisor is killed), `missing` (cannot be started), `prints WORD`.
/// Several with `;` between them are its tries; the last one repeats.
struct ScriptedTry: Equatable {
  enum End: Equatable {
    case exit(Int)
    case signal(Int)
    case hang
    case stubborn
    case unkillable
    case lost
    case missing
  }

  var end: End
  var seconds = 1.0
  var output = ""

  static func tries(_ code: [UInt8]) -> [ScriptedTry] {
    String(decoding: code, as: UTF8.self).split(separator: ";").map { ScriptedTry(String($0)) }
  }

  init(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    end =
      switch words.first {
      case "exit": .exit(Int(words[1]) ?? 1)
      case "signal": .signal(Int(words[1]) ?? 9)
      case "hang": .hang
      case "stubborn": .stubborn
      case "unkillable": .unkillable
      case "lost": .lost
      case "missing": .missing
      default: .exit(0)
      }
    if words.first == "prints" { output = words[1] }
    if let place = words.firstIndex(of: "after") { seconds = Double(words[place + 1]) ?? 1 }
  }

  /// Nil where it ends only by being stopped.
  var naturalSeconds: Double? {
    switch end {
    case .hang, .stubborn, .unkillable: nil
    default: seconds
    }
  }
}
