#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a shell says of an attempt's script, told of the note: for the script's path and a line of it stands
/// `Deploy.md:41`, wherever what a block printed is shown. The logs themselves stay as they are.
struct ScriptPaths: Sendable {
  /// `/00005-build/script`, here and on a host.
  private let name: [UInt8]
  /// What stands in front of it on this machine.
  private let here: [UInt8]
  /// The end of what stands in front of it on a host, where the folder may be any.
  private let there: [UInt8]
  private let block: Block

  init(_ block: Block, attempt folder: StepFolder) {
    self.block = block
    let steps = FilePath.folder(of: folder.path)
    // Whoever takes over follows the same script.
    let attempt = FilePath.name(of: folder.path).split(separator: "-follower-").first ?? ""
    name = Array("/\(attempt)/script".utf8)
    here = Array(steps.utf8)
    there = Array("/hosts/\(FilePath.name(of: FilePath.folder(of: steps)))".utf8)
  }

  /// A path with a line behind it.
  struct Mention {
    /// Of the script, 1-based.
    let line: Int
    /// Of the bytes that `text` stands for.
    let range: Range<Int>
    let text: String
    /// It begins its line.
    let isFirst: Bool
  }

  func shown(_ bytes: [UInt8]) -> [UInt8] {
    let found = mentions(in: bytes)
    guard !found.isEmpty else { return bytes }
    var result: [UInt8] = []
    var copied = 0
    for mention in found {
      result += bytes[copied..<mention.range.lowerBound]
      result += mention.text.utf8
      copied = mention.range.upperBound
    }
    return result + bytes[copied...]
  }

  func mentions(in bytes: [UInt8]) -> [Mention] {
    var found: [Mention] = []
    var lines: ScriptLines?
    var index = 0
    while let place = next(in: bytes, from: index) {
      index = place + name.count
      guard let start = start(of: place, in: bytes, after: found.last?.range.upperBound ?? 0) else {
        continue
      }
      var reader = Reader(bytes: bytes, index: index, path: start..<index)
      let known = lines ?? block.lines
      lines = known
      guard let mention = reader.mention(known) else { continue }
      index = mention.range.upperBound
      found.append(mention)
    }
    return found
  }

  private func next(in bytes: [UInt8], from index: Int) -> Int? {
    bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress else { return nil }
      var start = index
      let last = all.count - name.count
      while start <= last {
        guard let slash = memchr(base + start, Int32(UInt8(ascii: "/")), last - start + 1) else {
          return nil
        }
        start = base.distance(to: UnsafeRawPointer(slash))
        if memcmp(slash, name, name.count) == 0 { return start }
        start += 1
      }
      return nil
    }
  }

  /// Where the path begins; nil where it is another one.
  private func start(of place: Int, in bytes: [UInt8], after least: Int) -> Int? {
    let front = bytes[least..<place]
    if front.suffix(here.count).elementsEqual(here) { return place - here.count }
    guard front.suffix(there.count).elementsEqual(there) else { return nil }
    let end = front.lastIndex { !Self.isOfPath($0) }
    return end.map { $0 + 1 } ?? least
  }

  private static func isOfPath(_ byte: UInt8) -> Bool {
    byte > 0x20 && !Array("\"'`()<>[]=,;".utf8).contains(byte)
  }

  // MARK: While it is printed

  /// How much of these bytes no more bytes can change: up to the last line, and of that up to what may be a path.
  func settled(_ bytes: [UInt8]) -> Int {
    let line = (bytes.lastIndex { $0 == 0x0A || $0 == 0x0D } ?? -1) + 1
    guard bytes.count - line <= 4096 else { return bytes.count }
    return bytes[line...].indices.first { index in
      bytes[index] == UInt8(ascii: "/") && (index == line || !Self.isOfPath(bytes[index - 1]))
    } ?? bytes.count
  }
}

/// The forms in which interpreters name a line.
private struct Reader {
  let bytes: [UInt8]
  var index: Int
  let path: Range<Int>

  mutating func mention(_ lines: ScriptLines) -> ScriptPaths.Mention? {
    guard let (line, form) = numbered(), let place = lines.place(ofLine: line) else { return nil }
    let text: String
    switch form {
    case .shell(let word): text = place.text + (word.map { ": \($0)" } ?? "")
    case .words(let words): text = "\(place.file)\(words)\(place.line)"
    }
    skipPathAgain()
    let isFirst = path.lowerBound == 0 || bytes[path.lowerBound - 1] == 0x0A
    return ScriptPaths.Mention(
      line: line, range: path.lowerBound..<index, text: text, isFirst: isFirst)
  }

  private enum Form {
    /// With the command that complains, where the line stands behind it.
    case shell(String?)
    /// What stands between name and line.
    case words(String)
  }

  private mutating func numbered() -> (Int, Form)? {
    let start = index
    // bash and busybox; python and perl; dash; zsh, ruby and node; ksh.
    for (words, form) in [
      (": line ", .shell(nil)), ("\", line ", .words("\", line ")), (" line ", .words(" line ")),
      (": ", .shell(nil)), (":", .shell(nil)), ("[", .shell(nil)),
    ] as [(String, Form)] {
      index = start
      if take(words), let number = takeNumber() {
        if words == "[" { guard take("]") else { continue } }
        return (number, form)
      }
    }
    // `script: cd: line 3: …` of busybox, `script:cd:3: …` of zsh.
    for (before, behind) in [(": ", ": line "), (":", ":")] {
      index = start
      if take(before), let word = takeWord(), word != "eval", take(behind),
        let number = takeNumber()
      {
        return (number, .shell(word))
      }
    }
    index = start
    return nil
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  /// Not a part of a word.
  private mutating func takeNumber() -> Int? {
    let digits = bytes[index...].prefix { (0x30...0x39).contains($0) }
    guard (1...7).contains(digits.count) else { return nil }
    if let next = bytes[digits.endIndex...].first, Self.isOfWord(next) { return nil }
    index = digits.endIndex
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func takeWord() -> String? {
    let word = bytes[index...].prefix(while: Self.isOfWord)
    guard !word.isEmpty, word.count < 40 else { return nil }
    index = word.endIndex
    return String(decoding: word, as: UTF8.self)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// dash says a sourced file's path twice.
  private mutating func skipPathAgain() {
    let again = Array(": ".utf8) + bytes[path]
    guard bytes[index...].starts(with: again),
      bytes[(index + again.count)...].starts(with: ": ".utf8)
    else { return }
    index += again.count
  }
}
