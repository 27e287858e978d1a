/// What a script says of how its shell takes failures.
struct ScriptOptions: Equatable {
  /// Of `e`, `u` and `pipefail`, those that hold for all that the script runs.
  private(set) var names: Set<String> = []
  /// It turns one of them off somewhere.
  private(set) var isChanging = false
  /// Indices of the units that set these and nothing else, and come before all that runs.
  private(set) var units: [Int] = []

  private static let all: Set<String> = ["e", "u", "pipefail"]

  /// - Parameter flags: `set -eu`, as the first line has it.
  init(_ script: Script, flags: String?) {
    if let flags { _ = add(flags.split(separator: " ").dropFirst().map(String.init)) }
    let first = script.units.firstIndex(where: \.isRun) ?? script.units.count
    for command in script.parser.commands where command.name == "set" {
      let words = command.words.dropFirst().map { $0.literal ?? "" }
      if words.contains(where: { $0.hasPrefix("+") && $0.contains { "eu".contains($0) } })
        || words.first == "+o" && words.last == "pipefail"
      {
        isChanging = true
      }
    }
    for (index, unit) in script.units[..<first].enumerated() {
      guard let command = unit.command, command.name == "set", command.redirections.isEmpty else {
        continue
      }
      if add(command.words.dropFirst().map { $0.literal ?? "" }) { units.append(index) }
    }
  }

  /// - Returns: whether there was nothing else.
  private mutating func add(_ words: [String]) -> Bool {
    var isAll = !words.isEmpty
    var takesName = false
    for word in words {
      if takesName {
        takesName = false
        switch word {
        case "errexit": names.insert("e")
        case "nounset": names.insert("u")
        case "pipefail": names.insert("pipefail")
        default: isAll = false
        }
      } else if word.hasPrefix("-"), !word.hasPrefix("--") {
        for letter in word.dropFirst() {
          switch letter {
          case "e", "u": names.insert(String(letter))
          case "o": takesName = true
          // Traps for failures in functions, which a strict bash has too.
          case "E": break
          default: isAll = false
          }
        }
      } else {
        isAll = false
      }
    }
    return isAll
  }

  /// It means what a block of that language does by itself.
  func isStrict(in language: String) -> Bool {
    !isChanging && Self.all.subtracting(language == "sh" ? ["pipefail"] : []).isSubset(of: names)
  }

  /// Why a note says `strict: false`.
  var reason: String {
    guard names.contains("e") else {
      return "the script goes on after a failure, and so does the note, by `strict: false`; "
        + "without that line a block stops at its first failure"
    }
    if isChanging {
      return
        "the script says by itself where it goes on after a failure; `strict: false` leaves it so"
    }
    let missing = Self.all.subtracting(names).map { $0 == "u" ? "`-u`" : "`pipefail`" }.sorted()
    return
      "the script does without \(missing.joined(separator: " and ")), and so does the note, by "
      + "`strict: false`; without that line blocks stop at these failures too"
  }
}
