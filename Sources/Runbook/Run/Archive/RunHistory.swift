/// How long the steps of a note usually take on this machine: the median over its last runs.
public struct RunHistory {
  /// Of so many runs at most.
  private static let runs = 20
  /// So many folders are looked at, of whatever note, and so many bytes read: the answer is worth no more.
  private static let folders = 400
  private static let bytes = 16 << 20
  /// What may stand behind the end of a run in its journal, in bytes.
  private static let tailLimit = 1 << 18

  private let folder: String

  /// - Parameter runs: the folder that holds the runs' folders.
  public init(runs folder: String) { self.folder = folder }

  /// The history that a run will be part of.
  public init(around run: RunFolder) {
    folder = String(run.path.prefix(upTo: run.path.lastIndex(of: "/") ?? run.path.endIndex))
  }

  /// Seconds; steps that never succeeded are missing. Reads the newest runs that have ended, up to a bound.
  ///
  /// - Parameter note: its real path.
  public func usual(note: String) -> [StepID: Double] {
    var times: [StepID: [Double]] = [:]
    var found = 0
    var read = 0
    for id in ids.prefix(Self.folders) where found < Self.runs && read < Self.bytes {
      let run = RunFolder(path: "\(folder)/\(id.text)")
      // A later rollback takes no step.
      guard let header = run.header, header.note == note, header.undoes == nil,
        let bytes = try? WholeFile.read(run.journal, limit: Self.bytes)
      else { continue }
      read += bytes.count
      if collect(bytes, &times) { found += 1 }
    }
    return times.mapValues(Self.median)
  }

  /// The last run of the same note, or the same section of it, before this one that went well.
  public func baseline(of run: RunHeader) -> RunBaseline? {
    for id in ids.drop(while: { $0 != run.id }).dropFirst().prefix(Self.folders) {
      let folder = RunFolder(path: "\(folder)/\(id.text)")
      guard let header = folder.header, header.note == run.note,
        header.undoes == nil, header.section == run.section, hasSucceeded(folder.journal),
        let stored = try? StoredRun(folder: folder, id: id)
      else { continue }
      return RunBaseline(
        run: id, plan: stored.plan, header: header, startedAt: stored.state.startedAt)
    }
    return nil
  }

  /// The end of a journal tells: behind a run's own end, only its recording follows.
  private func hasSucceeded(_ journal: String) -> Bool {
    guard let bytes = try? WholeFile.read(journal, from: -Int64(Self.tailLimit)) else {
      return false
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() {
      guard line.firstRange(of: Self.ended) != nil,
        case .runEnded(let value)? = JSONText.decode(RunEvent.self, Array(line))?.kind
      else { continue }
      return value.outcome == .succeeded || value.outcome == .warnings
    }
    return false
  }

  private static let ended = Array("\"event\":\"run-ended\"".utf8)

  /// Newest first.
  private var ids: [RunID] { RunOrder(runs: folder).ids.reversed() }

  /// False where the run has not ended: its journal may still grow.
  private func collect(_ bytes: [UInt8], _ times: inout [StepID: [Double]]) -> Bool {
    var ended: [(StepID, Double)] = []
    var isOver = false
    // Only the few lines that count are decoded: a long run has thousands of others.
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard Self.mayCount(line), let event = JSONText.decode(RunEvent.self, Array(line)) else {
        continue
      }
      switch event.kind {
      case .stepEnded(let value) where value.result == .succeeded || value.result == .warning:
        if let took = value.took { ended.append((value.step, took)) }
      case .runEnded: isOver = true
      default: break
      }
    }
    guard isOver else { return false }
    for (step, took) in ended { times[step, default: []].append(took) }
    return true
  }

  private static let marks = ["step-ended", "run-ended"].map { Array("\"event\":\"\($0)\"".utf8) }

  private static func mayCount(_ line: ArraySlice<UInt8>) -> Bool {
    marks.contains { line.firstRange(of: $0) != nil }
  }

  static func median(_ times: [Double]) -> Double {
    guard !times.isEmpty else { return 0 }
    let sorted = times.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
