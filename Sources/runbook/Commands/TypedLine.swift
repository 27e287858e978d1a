/// A command line that is being typed, as the completion scripts of shells hand it over: each word as it stands
/// there, with its quotes.
struct TypedLine: Equatable {
  /// Without quotes, from the subcommand's name on.
  let words: [String]
  /// The word that is asked for, among `words`.
  let current: Int

  /// - Parameters:
  ///   - typed: all words, the program's name first.
  ///   - index: of the word that is asked for.
  init(_ typed: [String], at index: Int) {
    var words: [String] = []
    var current = 0
    var isOpen = false
    for (place, word) in typed.enumerated().dropFirst() {
      // Bash takes words apart at these.
      let isSeam = !word.isEmpty && word.allSatisfy { "=:@".contains($0) }
      if (isSeam || isOpen), let last = words.popLast() {
        words.append(last + Self.unquoted(word))
      } else {
        words.append(Self.unquoted(word))
      }
      isOpen = isSeam
      if place == index { current = words.count - 1 }
    }
    self.words = words
    self.current = current
  }

  /// What a command is given, apart from its word that is asked for and, where that is an option's value, the option.
  ///
  /// - Parameter option: whether it is the value of one.
  func arguments(valueOfOption option: Bool) -> [String] {
    var rest = words
    guard rest.indices.contains(current), current > 0 else { return [] }
    rest.removeSubrange((option ? current - 1 : current)...current)
    return Array(rest.dropFirst())
  }

  /// A word as the shell would pass it on, variables aside.
  static func unquoted(_ word: String) -> String {
    var result = ""
    var quote: Character?
    var isEscaped = false
    for character in word {
      if isEscaped {
        result.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else {
        result.append(character)
      }
    }
    guard word.hasPrefix("~/"), let home = ProcessContext.environment["HOME"] else { return result }
    return home + result.dropFirst()
  }
}
