/// `ssh host '…'` as what it is: commands for another host.
struct SSHCall: Equatable {
  /// With `$NAME` for parameters.
  let host: String
  let language: String
  let code: String
  /// Variables of the script whose values the code takes from here.
  let uses: Set<String>

  /// A block that stops at its first failure does the same: the code says so itself, or is one command with no more to fail.
  var isStrict: Bool {
    guard let parser = try? ShellParser.read(Array(code.utf8)) else { return false }
    let isOne =
      parser.statements.count == 1 && parser.commands.count == 1 && parser.references.isEmpty
    guard !isOne, var script = try? Script(Array(code.utf8)) else { return isOne }
    script.sort()
    return ScriptOptions(script, flags: nil).isStrict(in: language)
  }

  /// Nil where it is no such call, or one that means more than a block with `host=` does.
  ///
  /// - Parameters:
  ///   - parameters: known before the run, as a host has to be.
  ///   - known: all that a block on another host can get from here.
  static func read(
    _ script: Script, _ unit: ScriptUnit, parameters: Set<String>, known: Set<String>
  ) -> SSHCall? {
    guard let command = call(in: unit, script), !unit.isBackground else { return nil }
    var words = command.words.dropFirst()
    while let option = words.first?.literal, ["-q", "-T", "-n", "-x"].contains(option) {
      words = words.dropFirst()
    }
    guard let hostWord = words.first,
      let host = hostName(script.text(hostWord.range), parameters)
    else { return nil }
    words = words.dropFirst()
    var reader = Reader(script: script, known: known)
    var language = "bash"
    if let heredoc = onlyHeredoc(command) {
      guard let prefix = shell(words.map(\.literal), &language) else { return nil }
      reader.code = Array(prefix.utf8)
      guard reader.add(heredoc) else { return nil }
    } else {
      guard command.redirections.isEmpty, !words.isEmpty else { return nil }
      for (index, word) in words.enumerated() {
        if index > 0 { reader.code.append(UInt8(ascii: " ")) }
        guard reader.add(word) else { return nil }
      }
    }
    guard reader.isSame() else { return nil }
    return SSHCall(
      host: host, language: language, code: String(decoding: reader.code, as: UTF8.self),
      uses: Set(reader.inserted.map(\.name)))
  }

  /// The call itself, or the one whose output is a variable's value: `NAME=$(ssh …)`.
  private static func call(in unit: ScriptUnit, _ script: Script) -> ShellCommand? {
    guard case .computed = unit.use else {
      return unit.command?.name == "ssh" ? unit.command : nil
    }
    guard let value = unit.command?.assignments.first?.value else { return nil }
    var range = value.range
    if script.bytes[range].first == UInt8(ascii: "\"") {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    let inside = script.parser.commands.filter { range.contains($0.range.lowerBound) }
    guard inside.count == 1, inside[0].name == "ssh",
      script.text(range.lowerBound..<inside[0].range.lowerBound) == "$(",
      script.text(inside[0].range.upperBound..<range.upperBound) == ")"
    else { return nil }
    return inside[0]
  }

  private static func hostName(_ written: String, _ parameters: Set<String>) -> String? {
    let text = written.filter { $0 != "\"" }
    let template = Template(text)
    guard !text.contains("'"), !text.contains("\\"), !text.hasPrefix("-"), !template.hasStrayDollar,
      template.variables.allSatisfy(parameters.contains),
      text.allSatisfy({ $0.isLetter || $0.isNumber || "@.-_${}".contains($0) })
    else { return nil }
    return text
  }

  private static func onlyHeredoc(_ command: ShellCommand) -> ShellRedirection.Heredoc? {
    command.redirections.count == 1 ? command.redirections[0].heredoc : nil
  }

  /// `bash -euo pipefail -s`: what it says of how the commands run. Nil where it says more.
  private static func shell(_ words: [String?], _ language: inout String) -> String? {
    guard let first = words.first else { return "" }
    guard let name = first, name == "bash" || name == "sh" else { return nil }
    language = name
    var flags: [String] = []
    for word in words.dropFirst() {
      guard let word else { return nil }
      let letters = word.hasPrefix("-") ? word.dropFirst().filter { $0 != "s" } : word[...]
      if word.hasPrefix("-"), letters.allSatisfy({ "euxo".contains($0) }) {
        if !letters.isEmpty { flags.append("-" + letters) }
      } else if flags.last?.hasSuffix("o") == true {
        flags.append(word)
      } else {
        return nil
      }
    }
    return flags.isEmpty ? "" : "set \(flags.joined(separator: " "))\n"
  }
}

extension SSHCall {
  /// Puts the other host's commands together, as the shell here would hand them over.
  fileprivate struct Reader {
    let script: Script
    let known: Set<String>
    var code: [UInt8] = []
    /// The variables that the shell here puts in, with their places in the code.
    var inserted: [(name: String, offset: Int)] = []

    init(script: Script, known: Set<String>) {
      self.script = script
      self.known = known
    }

    mutating func add(_ word: ShellWord) -> Bool {
      var index = word.range.lowerBound
      let bytes = script.bytes
      while index < word.range.upperBound {
        switch bytes[index] {
        case UInt8(ascii: "'"):
          guard let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "'")) else {
            return false
          }
          code += bytes[index + 1..<end]
          index = end + 1
        case UInt8(ascii: "\""):
          guard
            let end = expand(from: index + 1, to: word.range.upperBound, until: UInt8(ascii: "\""))
          else { return false }
          index = end + 1
        case UInt8(ascii: "\\"):
          guard index + 1 < word.range.upperBound else { return false }
          if bytes[index + 1] != 10 { code.append(bytes[index + 1]) }
          index += 2
        case UInt8(ascii: "$"):
          guard let end = variable(at: index) else { return false }
          index = end
        case UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["),
          UInt8(ascii: "~"),
          UInt8(ascii: "{"):
          return false
        default:
          code.append(bytes[index])
          index += 1
        }
      }
      return true
    }

    mutating func add(_ heredoc: ShellRedirection.Heredoc) -> Bool {
      if heredoc.isQuoted {
        let lines = script.bytes[heredoc.body].split(
          separator: 10, omittingEmptySubsequences: false)
        let stripped = lines.map { $0.drop { heredoc.stripsTabs && $0 == 9 } }
        code += stripped.joined(separator: [10])
      } else {
        guard
          expand(
            from: heredoc.body.lowerBound, to: heredoc.body.upperBound, until: nil,
            stripsTabs: heredoc.stripsTabs) != nil
        else { return false }
      }
      while code.last == 10 { code.removeLast() }
      return true
    }

    /// What stands in double quotes, or in a here-document. The offset of its end; nil where more than a variable is
    /// put in.
    private mutating func expand(
      from start: Int, to end: Int, until quote: UInt8?, stripsTabs: Bool = false
    ) -> Int? {
      var index = start
      let bytes = script.bytes
      while index < end, bytes[index] != quote {
        switch bytes[index] {
        case 9 where stripsTabs && (index == start || bytes[index - 1] == 10):
          index = bytes[index..<end].firstIndex { $0 != 9 } ?? end
        case UInt8(ascii: "\\"):
          let next = index + 1 < end ? bytes[index + 1] : 0
          if Array("$`\\".utf8).contains(next) || next == quote {
            code.append(next)
          } else if next != 10 {
            code += [bytes[index], next]
          }
          index += 2
        case UInt8(ascii: "`"): return nil
        case UInt8(ascii: "$"):
          guard let after = variable(at: index) else { return nil }
          index = after
        default:
          code.append(bytes[index])
          index += 1
        }
      }
      return index
    }

    /// `$NAME` or `${NAME}`, which the other side gets as a variable of its environment.
    private mutating func variable(at start: Int) -> Int? {
      let bytes = script.bytes
      guard
        let reference = script.parser.references.first(where: {
          $0.range.lowerBound == start + 1 || $0.range.lowerBound == start + 2
        }), known.contains(reference.name)
      else {
        // A dollar that means nothing stays one.
        let next = start + 1 < bytes.count ? bytes[start + 1] : 32
        guard next == 32 || next == 10 || next == UInt8(ascii: "\"") else { return nil }
        code.append(bytes[start])
        return start + 1
      }
      let isBraced = bytes[start + 1] == UInt8(ascii: "{")
      let end = reference.range.upperBound + (isBraced ? 1 : 0)
      guard !isBraced || bytes[reference.range.upperBound] == UInt8(ascii: "}") else { return nil }
      inserted.append((reference.name, code.count))
      code += bytes[start..<end]
      return end
    }

    /// Whether the variables mean there what they mean here: none is quoted away, and none that the other side was to
    /// find out itself has a value of ours.
    func isSame() -> Bool {
      guard let there = try? ShellParser.read(code) else { return false }
      for (_, offset) in inserted {
        guard
          there.references.contains(where: {
            $0.range.lowerBound == offset + 1 || $0.range.lowerBound == offset + 2
          })
        else { return false }
      }
      let setThere = Set(there.assignments.map(\.name))
      return there.references.allSatisfy { reference in
        !known.contains(reference.name) || setThere.contains(reference.name)
          || inserted.contains {
            $0.offset + 1 == reference.range.lowerBound
              || $0.offset + 2 == reference.range.lowerBound
          }
      }
    }
  }
}
