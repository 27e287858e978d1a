/// Holds against each other what a run left in different places: its journal, the statuses and logs of its blocks, the
/// record, the note and the history. The journal is what the others are measured by.
///
/// A run that has not ended is compared as far as it has come: nothing is expected of its record yet.
public struct RunVerification {
  public struct Finding: Sendable, Equatable, Encodable {
    public enum Part: String, Sendable, Encodable {
      case journal, block, log, record, note, history
    }

    public let part: Part
    public let message: String

    public init(part: Part, message: String) {
      self.part = part
      self.message = message
    }
  }

  private let run: StoredRun
  private let shown: Masked<Plan>
  private var plan: Plan { shown.value }

  public init(_ run: StoredRun) {
    self.run = run
    shown = run.mask.mask(run.plan)
  }

  /// - Parameters:
  ///   - keeper: that would write the run down; nil where its note is gone.
  ///   - isLatest: the note has the marks of this run, and of no later one.
  ///   - history: the last line about the run, where there is one.
  public func findings(
    keeper: NoteKeeper?, isLatest: Bool, history: HistoryLine?
  ) -> [Finding] {
    var found = journalFindings + blockFindings
    guard run.state.outcome != nil, run.state.isRecorded else { return found }
    if let keeper {
      found += keeper.disagreements(run.state, isLatest: isLatest)
    } else {
      found.append(Finding(part: .note, message: "its note \(run.header.shownPath) is not there"))
    }
    return found + historyFindings(history)
  }

  private var journalFindings: [Finding] {
    var found: [Finding] = []
    let torn = (WholeFile.size(run.folder.journal) ?? 0) - run.journalLength
    // A crash leaves such a line, and who goes on with the run cuts it off.
    if torn > 0, run.state.isRecorded {
      found.append(Finding(part: .journal, message: "\(torn) bytes stand behind its last event"))
    }
    if WholeFile.size(run.folder.unrecorded) != nil {
      found.append(
        Finding(part: .journal, message: "it could not be written at some point of the run"))
    }
    return found
  }

  // MARK: Blocks

  private var blockFindings: [Finding] {
    let attempts = run.state.blocks.flatMap { block, progress in
      progress.attempts.filter { !$0.folder.isEmpty }.map { (block, $0) }
    }
    return attempts.sorted { $0.1.folder < $1.1.folder }.flatMap { findings($0, $1) }
  }

  private func findings(_ block: BlockRef, _ attempt: BlockProgress.Attempt) -> [Finding] {
    let folder = run.folder.step(attempt.folder)
    let title = plan.step(block.step)?.fullTitle ?? block.step.text
    func finding(_ part: Finding.Part, _ message: String) -> Finding {
      Finding(part: part, message: "“\(title)”: \(message) (\(folder.path))")
    }
    var found: [Finding] = []
    if WholeFile.size(folder.log) == nil, attempt.result?.hasRun != false {
      found.append(finding(.log, "its log is missing"))
    }
    // Of a block elsewhere the status here is that of who followed it.
    guard plan.block(block)?.options.runsElsewhere == false, let result = attempt.result else {
      return found
    }
    switch folder.state {
    case .running: found.append(finding(.block, "it has ended, and still runs"))
    case .lost where !result.isEndUnknown && result.hasRun:
      found.append(finding(.block, "its status is missing"))
    case .ended(let status):
      if case .exited(let code) = status.end, let exit = result.exit, exit != Int(code) {
        found.append(
          finding(.block, "it ended with \(code), and the journal says \(exit)"))
      }
    case .lost: break
    }
    return found
  }

  // MARK: The history

  private func historyFindings(_ line: HistoryLine?) -> [Finding] {
    guard let line else {
      return [
        Finding(part: .history, message: "no line tells of it: it ended before there was one")
      ]
    }
    let own = HistoryLine(run.state, shown, journal: WholeFile.size(run.folder.journal) ?? 0)
    guard line != own else { return [] }
    return [Finding(part: .history, message: "its line says something else than the journal")]
  }
}
