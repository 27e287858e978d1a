/// Reads a runner's system calls in their order, and says where something was relied on that a power cut could still
/// take back. A kill can't show that: what was written stays in the kernel's memory.
struct SyncOrder {
  private(set) var violations: [String] = []
  private(set) var gates = 0
  private(set) var swaps = 0
  private(set) var stops = 0
  private(set) var isRecorded = false

  private var isJournalDirty = false
  private var started = 0
  private var events: Set<String> = []
  /// Names in a folder that is not synced since they came into it.
  private var unsynced: [String: Set<String>] = [:]
  /// Files that were written and not synced.
  private var dirty: Set<String> = []
  private var swapLines: Set<String> = []

  init(_ calls: [SystemCalls.Call]) {
    for call in calls where call.result?.hasPrefix("-1") == false { take(call) }
    if isJournalDirty { fail("the journal's end is not synced") }
    for (folder, names) in unsynced where !names.isEmpty {
      fail("\(folder) is not synced: \(names.sorted())")
    }
  }

  private mutating func take(_ call: SystemCalls.Call) {
    switch call.name {
    case "pwrite64", "write": wrote(call)
    case "fdatasync", "fsync": synced(call)
    case "mkdir": appeared(Self.path(call.text))
    case "openat" where call.text.contains("O_CREAT"): appeared(Self.path(call.text))
    case "linkat": linked(call)
    case "renameat2" where call.text.contains("RENAME_EXCHANGE"): swapped(call)
    case "unlinkat" where call.text.contains(".runbook-"):
      // What a power cut brings back then is the old note, and the new one with it.
      if call.file.map({ unsynced[$0]?.isEmpty == false }) == true {
        fail("the old note is deleted before the swap is synced")
      }
    default: break
    }
  }

  private mutating func wrote(_ call: SystemCalls.Call) {
    guard let file = call.file else { return }
    if file.hasPrefix("pipe:"), call.text.contains("\"g\", 1") { return opened() }
    // A new limit of the supervisor's is only for a runner that dies; nothing follows from it.
    if file.hasSuffix("/control"),
      call.text.contains(#", "stop"#) || call.text.contains(#", "kill"#)
    {
      stops += 1
      if isJournalDirty || !events.contains("stopping") {
        fail("a stop is passed on before its event is synced")
      }
    }
    if file.hasSuffix("/journal.jsonl") {
      isJournalDirty = true
      noteLine(call.text)
    } else {
      dirty.insert(file)
    }
  }

  /// A gate: a block may run from here on.
  private mutating func opened() {
    gates += 1
    if started != gates { fail("gate \(gates) is opened after \(started) started blocks") }
    if isJournalDirty { fail("gate \(gates) is opened before its event is synced") }
    for (folder, names) in unsynced where !Self.isBesideTheRoad(folder) && !names.isEmpty {
      fail("gate \(gates) is opened, and \(folder) is not synced: \(names.sorted())")
    }
  }

  private mutating func noteLine(_ text: String) {
    guard let start = text.range(of: #"\"event\":\""#) else { return }
    let event = String(text[start.upperBound...].prefix { $0 != "\\" })
    events.insert(event)
    switch event {
    case "block-started": started += 1
    case "recorded": isRecorded = true
    case "note-swap":
      guard let name = text.range(of: #"\"temporaryName\":\""#) else { break }
      swapLines.insert(String(text[name.upperBound...].prefix { $0 != "\\" }))
    default: break
    }
  }

  private mutating func synced(_ call: SystemCalls.Call) {
    guard let file = call.file else { return }
    if file.hasSuffix("/journal.jsonl") { isJournalDirty = false }
    dirty.remove(file)
    unsynced[file] = nil
  }

  private mutating func appeared(_ path: String?) {
    guard let path, let slash = path.lastIndex(of: "/") else { return }
    let folder = String(path[..<slash])
    guard !Self.isBesideTheRoad(folder) else { return }
    unsynced[folder, default: []].insert(String(path[path.index(after: slash)...]))
  }

  /// Locks are the kernel's, what a lost step folder held is asked for, and `/dev` is no disk.
  private static func isBesideTheRoad(_ folder: String) -> Bool {
    folder.hasSuffix("/locks") || folder.contains("/steps") || folder.hasPrefix("/dev")
  }

  private mutating func linked(_ call: SystemCalls.Call) {
    let names = call.text.split(separator: "\"").map(String.init)
    guard names.count > 3, let start = names[2].firstIndex(of: "<"),
      let end = names[2].firstIndex(of: ">")
    else { return fail("a link that can't be read: \(call.text)") }
    let folder = String(names[2][names[2].index(after: start)..<end])
    if !dirty.filter({ $0.hasPrefix(folder) && $0.contains("/#") }).isEmpty {
      fail("\(names[3]) gets its name before its bytes are synced")
    }
    if names[3].contains(".runbook-"), isJournalDirty || !swapLines.contains(names[3]) {
      fail("\(names[3]) appears before the journal knows of it")
    }
    if folder.hasSuffix("/Runs"), isJournalDirty || !events.contains("run-ended") {
      fail("the record appears before the run's end is synced")
    }
    let own = folder.split(separator: "/").last.map(String.init) ?? ""
    if unsynced[String(folder.dropLast(own.count + 1))]?.contains(own) == true {
      fail("\(names[3]) appears in a folder that is not synced itself")
    }
    unsynced[folder, default: []].insert(names[3])
  }

  private mutating func swapped(_ call: SystemCalls.Call) {
    swaps += 1
    if isJournalDirty { fail("the note is swapped before the journal is synced") }
    for (folder, names) in unsynced where folder.hasSuffix("/Runs") && !names.isEmpty {
      fail("the note names a record that is not synced")
    }
    if let folder = call.file { unsynced[folder, default: []].insert("the swap") }
  }

  private mutating func fail(_ words: String) { violations.append(words) }

  private static func path(_ text: String) -> String? {
    let parts = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[1]) : nil
  }
}
