/// Reads the logs of a run, as far as they are to be shown.
public struct LogReader: Sendable {
  private let plan: Plan
  private let folder: RunFolder
  private let mask: SecretMask

  public init(plan: Plan, folder: RunFolder, mask: SecretMask) {
    self.plan = plan
    self.folder = folder
    self.mask = mask
  }

  /// Up to this size a log is read whole and its lines are counted; of a larger one only the two ends are read.
  private static let countable: Int64 = 8 << 20
  private static let end = 256 << 10

  /// - Parameters:
  ///   - head: lines from the beginning.
  ///   - tail: lines from the end.
  public func log(
    of attempt: BlockProgress.Attempt, _ block: BlockRef, _ role: BlockRole, head: Int, tail: Int
  ) -> StepLog {
    guard !attempt.folder.isEmpty else {
      return StepLog(
        attempt: AttemptRef(block, attempt: attempt.number), role: role, result: attempt.result,
        head: [], omitted: 0, tail: [], size: 0)
    }
    let files = folder.step(attempt.folder)
    let paths = plan.block(block).map { ScriptPaths($0, attempt: files) }
    // A block that captures prints its value into a file of its own; people want to see both.
    let parts = [files.output, files.log].map { excerpt($0, paths, head: head, tail: tail) }
    var log = StepLog(
      attempt: AttemptRef(block, attempt: attempt.number), role: role, result: attempt.result,
      head: parts.flatMap(\.head),
      omitted: parts.contains { $0.omitted == nil }
        ? nil : parts.reduce(0) { $0 + ($1.omitted ?? 0) },
      tail: parts.flatMap(\.tail), size: parts.reduce(0) { $0 + $1.size })
    log.hosts = attempt.hosts.map {
      StepLog.Host(progress: $0, lines: lastLines(of: $0, in: files.log, paths))
    }
    if let result = attempt.result, result.place != nil {
      log.failure = mask.mask(result.told(of: plan.block(block)))
      log.failedCommand = result.place.flatMap { plan.block(block)?.lines.text(at: $0) }
        .map { mask.mask($0) }
    }
    return log
  }

  private static let linesOfHost = 3

  private func lastLines(
    of host: HostProgress, in path: String, _ paths: ScriptPaths?
  ) -> [String] {
    guard let range = host.log, !range.isEmpty else { return [] }
    let start = max(range.lowerBound, range.upperBound - 8192)
    let bytes = try? WholeFile.read(path, from: start, limit: Int(range.upperBound - start))
    let text = lines(bytes ?? [], paths, isCutInFront: start > range.lowerBound)
    return Array(text.suffix(Self.linesOfHost))
  }

  /// The last lines of what runs now.
  public func lastLines(of folderName: String, _ block: BlockRef, count: Int) -> [String] {
    let files = folder.step(folderName)
    let path = files.log
    let paths = plan.block(block).map { ScriptPaths($0, attempt: files) }
    let isCut = (WholeFile.size(path) ?? 0) > 8192
    let bytes = (try? WholeFile.read(path, from: -8192)) ?? []
    return Array(lines(bytes, paths, isCutInFront: isCut, isCutBehind: true).suffix(count))
  }

  /// The size of what runs now has printed, in bytes.
  public func size(of folderName: String) -> Int64 {
    WholeFile.size(folder.step(folderName).log) ?? 0
  }

  private struct Excerpt {
    var head: [String] = []
    var omitted: Int? = 0
    var tail: [String] = []
    var size: Int64 = 0
  }

  private func excerpt(
    _ path: String, _ paths: ScriptPaths?, head: Int, tail: Int
  ) -> Excerpt {
    guard let size = WholeFile.size(path), size > 0 else { return Excerpt() }
    guard size <= Self.countable else { return ends(of: path, paths, size, head: head, tail: tail) }
    let all = lines((try? WholeFile.read(path)) ?? [], paths)
    guard all.count > head + tail else { return Excerpt(tail: all, size: size) }
    return Excerpt(
      head: Array(all.prefix(head)), omitted: all.count - head - tail,
      tail: Array(all.suffix(tail)), size: size)
  }

  private func ends(
    of path: String, _ paths: ScriptPaths?, _ size: Int64, head: Int, tail: Int
  ) -> Excerpt {
    let first = (try? WholeFile.read(path, limit: Self.end)) ?? []
    let last = (try? WholeFile.read(path, from: -Int64(Self.end))) ?? []
    return Excerpt(
      head: Array(lines(first, paths, isCutBehind: true).prefix(head)), omitted: nil,
      tail: Array(lines(last, paths, isCutInFront: true).suffix(tail)), size: size)
  }

  /// A secret that is cut is not known for one, so neither its beginning nor its end may be shown.
  private func lines(
    _ bytes: [UInt8], _ paths: ScriptPaths?, isCutInFront: Bool = false,
    isCutBehind: Bool = false
  ) -> [String] {
    var bytes = bytes
    if isCutInFront { bytes.removeFirst(Self.endOfCutLine(bytes)) }
    let masked = mask.isEmpty ? bytes : mask.masked(bytes, isWhole: !isCutBehind).bytes
    // What stood between codes and control characters stands together now.
    var lines = PlainText.lines(of: paths?.shown(masked) ?? masked).map { mask.mask($0) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The bytes up to the first line break; half of a small excerpt where there is none, more than a secret has.
  private static func endOfCutLine(_ bytes: [UInt8]) -> Int {
    let place = bytes.prefix(4096).firstIndex { $0 == 0x0A || $0 == 0x0D }
    return place.map { $0 + 1 } ?? min(bytes.count, 4096)
  }
}
