/// Gives what the blocks of a run print, as it grows, secrets masked.
public struct LogFollower {
  /// A line longer than this many bytes is cut there.
  private static let lineLimit = 1 << 20

  private let plan: Plan
  private let folder: RunFolder
  private var streams: [String: Stream] = [:]
  private let mask: SecretMask

  private struct Stream {
    var offset: Int64 = 0
    var mask: SecretMaskStream
    var paths: ScriptPathStream
    var text = PlainTextStream(lineLimit: LogFollower.lineLimit, isForNotes: false)
  }

  public init(plan: Plan, folder: RunFolder, mask: SecretMask) {
    self.plan = plan
    self.folder = folder
    self.mask = mask
  }

  /// The new bytes of a try's output and log, in pieces of bounded size.
  ///
  /// - Parameter isOver: it has ended, so that nothing is held back for a secret that might still be going on.
  public mutating func readBytes(
    _ attemptFolder: String, of block: BlockRef, isOver: Bool, _ sink: ([UInt8]) -> Void
  ) {
    read(attemptFolder, of: block, isOver: isOver) { _, bytes, _ in sink(bytes) }
  }

  /// The new lines of a try's output and log, as text: what a terminal would show of them.
  ///
  /// - Parameter isOver: it has ended: its last line needs no end.
  public mutating func readLines(
    _ attemptFolder: String, of block: BlockRef, isOver: Bool, _ sink: ([String]) -> Void
  ) {
    let mask = mask
    read(attemptFolder, of: block, isOver: isOver) { text, bytes, isEnd in
      var lines = text.feed(bytes)
      if isEnd, let last = text.finish() { lines.append(last) }
      // What stood between codes and control characters stands together now.
      if !lines.isEmpty { sink(lines.map(mask.mask)) }
    }
  }

  /// The line of a try that has no end yet; empty where there is none.
  public func openLine(_ attemptFolder: String) -> String {
    let files = folder.step(attemptFolder)
    let open = [files.output, files.log].lazy.compactMap { streams[$0]?.text.partial }
    return mask.mask(open.first { !$0.isEmpty } ?? "")
  }

  private mutating func read(
    _ attemptFolder: String, of block: BlockRef, isOver: Bool,
    _ take: (inout PlainTextStream, _ bytes: [UInt8], _ isEnd: Bool) -> Void
  ) {
    let files = folder.step(attemptFolder)
    for path in [files.output, files.log] {
      var stream =
        streams[path]
        ?? Stream(
          mask: SecretMaskStream(mask),
          paths: ScriptPathStream(plan.block(block).map { ScriptPaths($0, attempt: files) }))
      while let bytes = try? WholeFile.read(path, from: stream.offset, limit: 1 << 20),
        !bytes.isEmpty
      {
        stream.offset += Int64(bytes.count)
        take(&stream.text, stream.paths.feed(stream.mask.feed(bytes)), false)
      }
      if isOver {
        take(&stream.text, stream.paths.feed(stream.mask.finish()) + stream.paths.finish(), true)
      }
      streams[path] = stream
    }
  }
}
