import Testing

@testable import Runbook

/// One run of a plan whose runner is killed at drawn moments, and those that resume it too, until one comes to the end.
struct CrashCourse {
  let plan: CrashPlan
  /// Of a course without a kill.
  let moments: [SystemCalls.Moment]
  let scratch: CrashScratch
  private var random: SeededGenerator
  private var ticks = 0
  /// The moments at which a runner was really killed.
  private(set) var kills: [String] = []
  private(set) var violations: [String] = []

  init(_ plan: CrashPlan, _ moments: [SystemCalls.Moment], seed: UInt64) throws {
    self.plan = plan
    self.moments = moments
    random = SeededGenerator(seed: seed)
    for _ in 0..<8 { _ = random.next() }
    scratch = try CrashScratch()
  }

  mutating func run() async throws {
    try scratch.put(plan.note)
    let first = Int.random(in: moments.indices, using: &random)
    let resumes = [0, 1, 1, 2, 3].randomElement(using: &random) ?? 0
    // Where a person has a part, more of the kills are to fall around it.
    let isSpared = plan.waits && random.next() % 2 == 0
    if plan.isUndoneLater { _ = try await step(["exec", "note.md"], at: nil) }
    let isDetached = !plan.waits && random.next() % 4 == 0
    var status =
      isDetached
      ? try await detachedStep() : try await step(try begin, at: isSpared ? nil : moments[first])
    for attempt in 1...14 {
      guard let arguments = try await next(status) else { break }
      let moment = attempt <= resumes ? drawLate(after: first) : nil
      status = try await step(arguments, at: moment)
    }
    try judge(status)
  }

  private var begin: [String] {
    get throws { plan.isUndoneLater ? try scratch.rollback : ["exec", "note.md"] }
  }

  /// In the background, where a runner without a terminal is killed at a drawn time.
  private mutating func detachedStep() async throws -> Int {
    let started = try await scratch.run(try begin + ["--background"])
    expect(started.status == 0, "--background ended with \(started.status): \(started.output)")
    let delay = Duration.milliseconds(Int.random(in: 0...300, using: &random))
    guard try await scratch.killDetachedRunner(after: delay) else { return plan.status }
    kills.append("background after \(delay)")
    return 137
  }

  /// Nil: the run has ended, and a runner said so.
  private mutating func next(_ status: Int) async throws -> [String]? {
    guard let run = try scratch.latest, !plan.isUndoneLater || run.header.undoes != nil else {
      return try begin
    }
    guard status == 137 || status == 75 else { return nil }
    if status == 137, run.state.outcome == nil, random.next() % 2 == 0 {
      let other = try await scratch.run(["exec", "note.md"])
      expect(other.status == 69, "exec beside an unfinished run: \(other.status) \(other.output)")
    }
    let isWaiting = try tick()
    if !isWaiting, status == 75 {
      expect(false, "the run waits for a box that the note does not show as waiting")
    }
    if status == 137, run.state.isRecorded { return nil }
    let isDetached = !plan.waits && random.next() % 3 == 0
    return ["resume", run.id.text] + (isDetached ? ["--detached"] : [])
  }

  private mutating func step(_ arguments: [String], at moment: SystemCalls.Moment?) async throws
    -> Int
  {
    let result: CrashScratch.Result
    if let moment {
      result = try await scratch.killed(arguments, at: moment)
      if result.status == 137 { kills.append("\(arguments[0]) before \(moment)") }
    } else {
      result = try await scratch.run(arguments)
    }
    let isExpected = [137, 75, plan.status].contains(result.status)
    expect(isExpected, "\(arguments[0]) ended with \(result.status): \(result.output)")
    let note = try scratch.bytes(scratch.note)
    expect(
      Note.stripping(note) == Array(plan.note.utf8), "the note is not as it was: \(text(note))")
    expect((try? Note(note)) != nil, "the note can't be parsed")
    let trace = scratch.trace
    expect(plan.trace.starts(with: trace), "what ran: \(trace)")
    return result.status
  }

  /// A resumed run makes the calls that are left, and some of its own.
  private mutating func drawLate(after first: Int) -> SystemCalls.Moment {
    let names = [
      "write", "pwrite64", "fdatasync", "fsync", "mkdir", "mknodat", "clone3", "linkat",
      "renameat2",
      "unlinkat", "unlink", "ftruncate", "flock", "poll", "wait4", "pidfd_open", "pipe2",
      "exit_group",
    ]
    if plan.waits, random.next() % 2 == 0 {
      // Where it takes the person's answer in.
      return SystemCalls.Moment(name: "pwrite64", number: Int.random(in: 1...6, using: &random))
    }
    let left = moments[first...].filter { names.contains($0.name) }
    guard let drawn = left.randomElement(using: &random) else {
      return SystemCalls.Moment(name: "pwrite64", number: 2)
    }
    let before = moments[..<first].count { $0.name == drawn.name }
    return SystemCalls.Moment(
      name: drawn.name,
      number: max(1, drawn.number - before) + Int.random(in: 0...2, using: &random))
  }

  /// A person ticks the box of the step that waits. False where none does, or it is ticked already.
  private mutating func tick() throws -> Bool {
    let note = try scratch.text(scratch.note)
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let index = lines.firstIndex(where: { $0.contains("[result:: waiting]") }) else {
      return false
    }
    guard lines[index].hasPrefix("- [ ]") else { return true }
    var ticked = lines
    ticked[index] = "- [x]" + lines[index].dropFirst(5)
    try scratch.put(ticked.joined(separator: "\n"))
    ticks += 1
    return true
  }

  // MARK: At the end

  private mutating func judge(_ status: Int) throws {
    expect(scratch.trace == plan.trace, "what ran: \(scratch.trace), not \(plan.trace)")
    expect(ticks == (plan.waits ? 1 : 0), "a person ticked \(ticks) times")
    guard let run = try scratch.latest else { return expect(false, "no run is there") }
    // A runner that was killed at its very last calls told nobody its status.
    expect(
      status == plan.status || status == 137 && run.state.isRecorded, "the last status: \(status)")
    expect(
      run.state.exitStatus.map { Int($0) } == plan.status,
      "the outcome: \(run.state.outcome.map(\.rawValue) ?? "none")")
    expect(run.state.isRecorded, "the run is not written down")
    let note = try scratch.text(scratch.note)
    expect(note.contains("run_id: \(run.id.text)\n"), "the note has another run")
    expect(note.contains("run_status: \(run.state.outcome?.rawValue ?? "")\n"), "old news: \(note)")
    try judgeFolders(run)
    try judgeTries(run)
  }

  private mutating func judgeFolders(_ run: StoredRun) throws {
    expect(scratch.names("vault") == [".obsidian", "Runs", "note.md"], "\(scratch.names("vault"))")
    let records = try scratch.names("vault/Runs").map {
      try scratch.text("\(scratch.path)/vault/Runs/\($0)")
    }
    let own = records.filter { $0.contains("run_id: \(run.id.text)\n") }
    guard records.count == (plan.isUndoneLater ? 2 : 1), own.count == 1 else {
      return expect(false, "records: \(scratch.names("vault/Runs")), \(own.count) its own")
    }
    let record = own[0]
    let hands = run.events.reduce(into: (last: Int32(0), isPaused: false, gone: 0)) { sum, event in
      if case .paused = event.kind { sum.isPaused = true }
      guard case .runner(let info) = event.kind else { return }
      if sum.last != 0, info.pid != sum.last, !sum.isPaused { sum.gone += 1 }
      (sum.last, sum.isPaused) = (info.pid, false)
    }
    let told = record.split(separator: "\n").count { $0.contains("the runner was gone from") }
    expect(told == hands.gone, "\(hands.gone) interruptions, and the record tells of \(told)")
  }

  /// A block ran again only where the journal says why.
  private mutating func judgeTries(_ run: StoredRun) throws {
    for (block, progress) in run.state.blocks {
      let ran = progress.attempts.filter { $0.result?.hasRun != false }
      let mayRepeat = run.plan.block(block)?.options.retries ?? 0
      expect(ran.count <= 1 + mayRepeat, "\(block) ran \(ran.count) times")
      expect(ran.allSatisfy { $0.result?.isEndUnknown == false }, "the end of \(block) is unknown")
    }
  }

  private mutating func expect(_ holds: Bool, _ words: String) {
    if !holds { violations.append("\(plan), \(kills.joined(separator: ", ")): \(words)") }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
