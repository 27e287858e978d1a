/// Keeps the note up to date while the run goes on, and writes the record at its end.
///
/// While it runs, at most one write every three seconds: Obsidian merges and shows a notice at each.
public final class NoteKeeper: RunObserver {
  let plan: Plan
  let file: NoteFile
  let vault: Vault
  private let folder: RunFolder
  private let mode: RecordMode
  private let mask: SecretMask
  private let logs: LogReader
  let renderer: any RunRendering
  /// To ask interpreters for their versions in.
  private let environment: [String: String]
  private let writer = NoteWriter()
  private var hasNews = false
  /// By the run's clock. A run of less than half a second writes once, at its end.
  private var nextWrite = 0.5
  /// Takes the swap that is about to happen into the journal, on disk.
  public var journal: ((RunEvent.Kind) throws -> Void)?
  /// What went wrong with writing, in words; the run itself goes on.
  public private(set) var problems: [String] = []
  /// The note has the news of the last write.
  private var isInNote = false
  /// The run was to be written down, and no file of the vault tells of it.
  public var isToldNowhere: Bool { mode != .none && !isInNote && record == nil }
  /// The record note's path from the vault's root.
  public private(set) var record: NoteFile?

  public init(
    plan: Plan, file: NoteFile, vault: Vault, folder: RunFolder, mode: RecordMode,
    mask: SecretMask, environment: [String: String], renderer: any RunRendering
  ) {
    self.plan = plan
    self.file = file
    self.vault = vault
    self.folder = folder
    self.mode = mode
    self.mask = mask
    logs = LogReader(plan: plan, folder: folder, mask: mask)
    self.renderer = renderer
    self.environment = environment
  }

  var writesInPlace: Bool { mode == .inPlace || mode == .both }
  var writesRecord: Bool { mode == .note || mode == .both }

  public func observe(_ event: RunEvent, _ state: RunState) {
    switch event.kind {
    case .noteSwap, .recorded: break
    default: hasNews = true
    }
  }

  public func tick(uptime: Double, _ state: RunState) -> Double? {
    guard writesInPlace, hasNews, state.outcome == nil else { return nil }
    guard uptime >= nextWrite else { return nextWrite }
    hasNews = false
    nextWrite = uptime + 3
    write(state, excerpts(state, head: 0, tail: plan.settings.logLines))
    return nil
  }

  /// The last write: the run has ended, or is paused.
  public func finish(_ state: RunState) {
    if writesRecord, state.outcome != nil { makeRecord(state) }
    guard writesInPlace else { return }
    write(state, excerpts(state, head: 0, tail: plan.settings.logLines))
    attempt("write into the note") {
      let result = try writer.finish(
        intent: intent,
        render: { try self.rendered($0, state, self.excerpts(state, head: 0, tail: 20)).bytes })
      note(result)
    }
  }

  // MARK: The note

  private func write(_ state: RunState, _ excerpts: [StepLog]) {
    isInNote = false
    attempt("write into the note") {
      let result = try writer.write(
        to: file, intent: intent, render: { try self.rendered($0, state, excerpts).bytes })
      isInNote = result.outcome != .contended
      note(result)
    }
  }

  private func rendered(
    _ bytes: [UInt8], _ state: RunState, _ excerpts: [StepLog]
  ) throws -> RenderedNote {
    renderer.annotated(bytes, state, excerpts, record: record?.title)
  }

  private func intent(_ intent: WriteIntent) throws {
    try journal?(.noteSwap(intent))
  }

  private func note(_ result: WriteResult) {
    for copy in result.openCopies {
      tell("another program still has the note open as it was; what it writes is in “\(copy)”")
    }
    for copy in result.conflictCopies where !result.openCopies.contains(copy) {
      tell("another program wrote into the note in the same moment; its text is in “\(copy)”")
    }
    if result.outcome == .contended {
      tell("another program keeps writing into the note; the run is not in it")
    }
  }

  // MARK: The record

  private func makeRecord(_ state: RunState) {
    var refusals: [String] = []
    if writesInPlace, let bytes = try? file.read().bytes {
      let trial = renderer.annotated(
        bytes, state, excerpts(state, head: 0, tail: plan.settings.logLines), record: nil)
      refusals = trial.refusals
    }
    for refusal in refusals { tell(refusal) }
    let text = renderer.recordNote(
      state, excerpts(state, head: 50, tail: 200), refusals: refusals,
      note: link, baseline: baseline(state),
      tools: ToolVersions(of: plan, state, environment: environment))
    attempt("write the record") {
      let path = recordPath(text.name)
      let draft = ".runbook-\(state.header?.id.text ?? "")-record"
      if let written = try written(path, state) {
        try NoteFolder(path: written.realFolder).remove(draft)
        record = written
      } else {
        record = try vault.create(
          path, text.bytes, numbered: true, sharedLike: file, draft: draft)
      }
    }
  }

  /// The name of the record note of another run of the note; nil: it has none.
  public func record(of state: RunState) -> String? {
    (try? written(
      recordPath(
        renderer.recordNote(
          state, [], refusals: [], note: link, baseline: nil,
          tools: ToolVersions()
        ).name), state))?
      .title
  }

  var link: NoteLink { NoteLink(to: vault.relativePath(of: file)) }

  func recordPath(_ name: String) -> String { "Runs/\(NoteName.cleaned(name)).md" }

  private func baseline(_ state: RunState) -> RunBaseline? {
    state.header.flatMap { RunHistory(around: folder).baseline(of: $0) }
  }

  /// The record that a runner wrote before it was killed.
  func written(_ path: String, _ state: RunState) throws -> NoteFile? {
    guard state.header != nil else { return nil }
    for candidate in Vault.numbered(path) {
      guard let file = try? NoteFile(path: FilePath.join(vault.root, candidate)) else { return nil }
      if renderer.isRecord(try file.read().bytes, of: state) { return file }
    }
    return nil
  }

  // MARK: Logs

  /// Of every try, in the order of their start.
  func excerpts(_ state: RunState, head: Int, tail: Int) -> [StepLog] {
    let tries = state.blocks.flatMap { reference, progress in
      progress.attempts.map { (reference, $0) }
    }
    return tries.sorted { ($0.1.startUptime, $0.1.folder) < ($1.1.startUptime, $1.1.folder) }
      .compactMap { reference, attempt in
        guard attempt.result != nil, let block = plan.block(reference) else { return nil }
        return logs.log(of: attempt, reference, block.role, head: head, tail: tail)
      }
  }

  // MARK: Trouble

  /// A note that can't be written must not stop a deploy; it is told at the end.
  private func attempt(_ deed: String, _ work: () throws -> Void) {
    do {
      try work()
    } catch let problem as VaultProblem {
      tell("can't \(deed): " + problem.message + (problem.fix.map { " (\($0))" } ?? ""))
    } catch {
      tell("can't \(deed): \(error)")
    }
  }

  private func tell(_ problem: String) {
    let problem: String = mask.mask(problem)
    if !problems.contains(problem) { problems.append(problem) }
  }
}
