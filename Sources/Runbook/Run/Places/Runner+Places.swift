extension Runner {
  /// How much of a log's end is looked through for the place of a failure, in bytes.
  private static let lastWords: Int64 = 8192

  /// Where a block of this machine, or on one host, failed.
  func locate(_ result: inout BlockResult, _ attempt: AttemptRef) {
    guard !result.isSuccess, let handle, let block = plan.block(attempt.block),
      !block.options.isFleet
    else { return }
    let log = (try? WholeFile.read(handle.folder.log, from: -Self.lastWords)) ?? []
    result.place = place(
      of: result, block, handle.folder, handle.folder.tellsFailures(block), log)
  }

  /// Where it failed on a host of a group, by the part of the log that is of this host.
  func place(
    of result: BlockResult, on line: FleetNews.Line, _ attempt: AttemptRef
  ) -> NoteLine? {
    guard !result.isSuccess, let handle, let block = plan.block(attempt.block) else { return nil }
    let start = max(line.logStart, line.logEnd - Self.lastWords)
    let log = try? WholeFile.read(
      handle.folder.log, from: start, limit: Int(max(0, line.logEnd - start)))
    return place(
      of: result, block, handle.folder, line.verdict?.failures ?? ShellFailures(), log ?? [])
  }

  private func place(
    of result: BlockResult, _ block: Block, _ folder: StepFolder, _ failures: ShellFailures,
    _ log: [UInt8]
  ) -> NoteLine? {
    // Its “no” is an answer.
    if block.role == .doneIf, result.isOrdinaryFailure { return nil }
    return FailureFinder(
      block: block, failures: failures, log: log, paths: ScriptPaths(block, attempt: folder)
    ).place(of: result)
  }
}

extension StepFolder {
  /// Where a strict shell adds a line for each failing command that ends a shell.
  var failures: String { path + "/failures" }

  fileprivate func tellsFailures(_ block: Block) -> ShellFailures {
    if block.options.isRemote {
      return HostVerdict.read(from: self)?.failures ?? ShellFailures()
    }
    let bytes = (try? WholeFile.read(failures, from: -1024)) ?? []
    return ShellFailures(String(decoding: bytes, as: UTF8.self))
  }
}
