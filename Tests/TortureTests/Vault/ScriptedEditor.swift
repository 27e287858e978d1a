import Glibc

/// How an editor saves.
enum SaveHabit: String, CaseIterable, Sendable {
  /// Reads, writes a file beside the note, renames it over the note.
  case rename
  /// Reads, truncates, writes.
  case inPlace
  /// The same, from a buffer of its own: it never reads again.
  case ownBuffer
  /// Opens, appends, closes.
  case append
  /// Opens, waits, appends, waits, appends, closes.
  case openDescriptor
  /// Any of them, one after the other.
  case mixed
}

/// Adds line after line to a note, as an editor would; one habit, one hand.
struct ScriptedEditor: Sendable {
  let path: String
  let habit: SaveHabit
  let saves: Int
  let seed: UInt64

  /// The lines that it saved, in order: at least `saves`, and on until the other has written enough.
  func run(until isEnough: () -> Bool) -> [String] {
    var random = SeededGenerator(seed: seed)
    var buffer = read()
    var lines: [String] = []
    while lines.count < saves || !isEnough() && lines.count < saves * 40 {
      let habit = habit == .mixed ? Self.mixable[Int.random(in: 0..<4, using: &random)] : habit
      let line = "line \(habit.rawValue) \(lines.count)"
      switch habit {
      case .rename: saveByRename(read() + Array("\(line)\n".utf8), &random)
      case .inPlace: saveInPlace(read() + Array("\(line)\n".utf8), &random)
      case .ownBuffer, .mixed:
        buffer += Array("\(line)\n".utf8)
        saveInPlace(buffer, &random)
      case .append: append([line], &random, waits: false)
      case .openDescriptor:
        lines.append(line + " a")
        append([line + " a", line + " b"], &random, waits: true)
        lines.append(line + " b")
        continue
      }
      lines.append(line)
      pause(&random)
    }
    return lines
  }

  private static let mixable: [SaveHabit] = [.rename, .inPlace, .append, .openDescriptor]

  private func read() -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = Glibc.read(file, &bytes, bytes.count)
    return Array(bytes.prefix(max(count, 0)))
  }

  private func saveByRename(_ bytes: [UInt8], _ random: inout SeededGenerator) {
    let other = path + "~"
    let file = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    write(bytes, file)
    close(file)
    pause(&random)
    Glibc.rename(other, path)
  }

  private func saveInPlace(_ bytes: [UInt8], _ random: inout SeededGenerator) {
    pause(&random)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let middle = Int.random(in: 0...bytes.count, using: &random)
    write(Array(bytes[..<middle]), file)
    if random.next() % 4 == 0 { pause(&random) }
    write(Array(bytes[middle...]), file)
    close(file)
  }

  private func append(_ lines: [String], _ random: inout SeededGenerator, waits: Bool) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    for line in lines {
      if waits { pause(&random) }
      write(Array("\(line)\n".utf8), file)
      if waits { pause(&random) }
    }
    close(file)
  }

  private func write(_ bytes: [UInt8], _ file: Int32) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      done += count
    }
  }

  /// A person is slower; a writer of annotations too. Up to 4 ms, and often none.
  private func pause(_ random: inout SeededGenerator) {
    let time = random.next() % 3 == 0 ? 0 : UInt32.random(in: 0..<4_000, using: &random)
    if time > 0 { usleep(time) }
  }
}
