import Glibc
import Synchronization
import Testing

@testable import Runbook

/// An editor saves into a note all the while that a writer annotates it. Every line that the editor saved must stand in
/// the note at the end, or in a conflict copy that a result named.
@Suite(.serialized) struct EditorRaceTests {
  private static let isLong = getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long"

  private static var seed: UInt64 {
    getenv("RUNBOOK_SEED").flatMap { UInt64(String(cString: $0)) } ?? .random(in: 1 ... .max)
  }

  private struct Tally: Sendable {
    var writes = 0
    var contended = 0
    var failed: [String] = []
    var copies: [String] = []
  }

  @Test(arguments: SaveHabit.allCases) func nothingIsLost(habit: SaveHabit) throws {
    try race(habit, in: "/tmp")
  }

  @Test(
    .enabled(if: access("/dev/shm", W_OK) == 0, "there is no /dev/shm"),
    arguments: SaveHabit.allCases)
  func nothingIsLostInMemory(habit: SaveHabit) throws {
    try race(habit, in: "/dev/shm")
  }

  private func race(_ habit: SaveHabit, in place: String) throws {
    let seed = Self.seed
    let folder = try makeFolder(in: place)
    defer { removeFolder(folder) }
    let path = folder + "/N.md"
    try save("start\n", path)
    let saves = Self.isLong ? 5_000 : 250
    let editor = ScriptedEditor(path: path, habit: habit, saves: saves, seed: seed)
    let box = Box()
    let thread = EditorThread { box.set(editor.run { box.writes >= 8 }) }
    let tally = try annotate(path, box)
    thread.join()
    let saved = box.value
    let names = list(folder)
    let texts = try ([path] + tally.copies.map { "\(folder)/\($0)" }).map { try read($0) }
    let present = Set(texts.flatMap { $0.split(separator: "\n").map(String.init) })
    let lost = saved.filter { !present.contains($0) }
    print(
      "\(habit.rawValue) in \(place), seed \(seed): \(saved.count) lines, \(tally.writes) writes,",
      "\(tally.contended) contended, \(tally.copies.count) conflict copies, \(lost.count) lost")
    #expect(lost.isEmpty, "seed \(seed)")
    #expect(tally.failed.isEmpty, "seed \(seed)")
    #expect(tally.writes >= 8, "seed \(seed)")
    #expect(names.filter { $0.hasPrefix(".N") } == [], "seed \(seed)")
    #expect(Set(names) == Set(["N.md"] + tally.copies), "seed \(seed)")
    #expect(texts[0].contains("%mark last"), "seed \(seed)")
  }

  /// Writes as fast as it can, a new mark each time, until the editor is done; then once more.
  private func annotate(_ path: String, _ box: Box) throws -> Tally {
    let writer = NoteWriter()
    let file = try NoteFile(path: path)
    var tally = Tally()
    var number = 0
    func write(_ mark: String) throws {
      let result = try writer.write(to: file, intent: { _ in }) { Self.mark($0, mark) }
      if case .written = result.outcome {
        tally.writes += 1
        box.wrote()
      }
      if result.outcome == .contended { tally.contended += 1 }
      tally.copies += result.conflictCopies
    }
    while !box.isSet {
      number += 1
      do { try write("\(number)") } catch { tally.failed.append("\(error)") }
    }
    try write("last")
    let last = try writer.finish(intent: { _ in }) { Self.mark($0, "last") }
    tally.copies += last.conflictCopies
    return tally
  }

  private static func mark(_ bytes: [UInt8], _ mark: String) -> [UInt8] {
    var kept = bytes[...]
    let start = Array("%mark ".utf8)
    while kept.starts(with: start), let end = kept.firstIndex(of: UInt8(ascii: "\n")) {
      kept = kept[(end + 1)...]
    }
    return start + Array("\(mark)\n".utf8) + kept
  }

  private final class Box: Sendable {
    private let lines = Mutex<[String]?>(nil)
    private let count = Mutex(0)
    func wrote() { count.withLock { $0 += 1 } }
    var writes: Int { count.withLock { $0 } }
    func set(_ value: [String]) { lines.withLock { $0 = value } }
    var isSet: Bool { lines.withLock { $0 != nil } }
    var value: [String] { lines.withLock { $0 ?? [] } }
  }

  private func makeFolder(in place: String) throws -> String {
    var template = Array("\(place)/runbook-race-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdir", path: place) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func removeFolder(_ folder: String) {
    for name in list(folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  private func list(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    return Vault.entries(of: stream).map(\.name).filter { $0 != "." && $0 != ".." }.sorted()
  }

  private func save(_ text: String, _ path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError("open", path: path) }
    defer { close(file) }
    _ = Glibc.write(file, text, text.utf8.count)
  }

  private func read(_ path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SystemError("open", path: path) }
    return String(decoding: try OpenFile(descriptor: file, path: path).bytes(), as: UTF8.self)
  }
}
