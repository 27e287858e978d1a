/// Gives what the blocks of a run print, as it grows, secrets masked.
public struct LogFollower {
  private let plan: Plan
  private let folder: RunFolder
  private var streams: [String: Stream] = [:]
  private let mask: SecretMask

  private struct Stream {
    var offset: Int64 = 0
    var mask: SecretMaskStream
    var paths: ScriptPathStream
  }

  public init(plan: Plan, folder: RunFolder, mask: SecretMask) {
    self.plan = plan
    self.folder = folder
    self.mask = mask
  }

  /// The new bytes of a try's output and log, in pieces of bounded size.
  ///
  /// - Parameter isOver: it has ended, so that nothing is held back for a secret that might still be going on.
  public mutating func read(
    _ attemptFolder: String, of block: BlockRef, isOver: Bool, _ sink: ([UInt8]) -> Void
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
        sink(stream.paths.feed(stream.mask.feed(bytes)))
      }
      if isOver { sink(stream.paths.feed(stream.mask.finish()) + stream.paths.finish()) }
      streams[path] = stream
    }
  }
}
