import Foundation
import Runbook
import Testing

/// The machine sleeps for an hour in the middle of a run. The clock is ours; all else is real.
@Suite(.paced) struct SuspendTests {
  /// Sleeps once, when a file is there.
  private final class Clock: RunClock {
    private let system = SystemClock()
    private let signal: String
    private(set) var asleep = 0.0

    init(signal: String) { self.signal = signal }

    var uptime: Double { system.uptime }
    var now: WallTime {
      WallTime(milliseconds: system.now.milliseconds + Int64(asleep * 1000))
    }

    func wait(for descriptors: [Int32], atMost seconds: Double) {
      if asleep == 0, access(signal, F_OK) == 0 {
        asleep = 3600
        _ = FileManager.default.createFile(atPath: signal + "-over", contents: nil)
        return
      }
      system.wait(for: descriptors, atMost: min(seconds, 0.02))
    }
  }

  private static let text = """
    - [ ] Build
      ```bash {timeout=60s idle=50s}
      touch asleep; while [ ! -e asleep-over ]; do sleep 0.02; done; sleep 0.1
      ```
    - [ ] After
      ```bash
      true
      ```

    """

  /// The runner takes the signals of its process, so it gets one of its own.
  @Test func itIsToldAndNoDeadlineCountsIt() async throws {
    await #expect(processExitsWith: .success) {
      let runbook = try RunbookBinary()
      try runbook.makeVault()
      let path = try runbook.write("note.md", Self.text).path
      let (vault, file) = try Vault.locate(
        note: path, among: KnownVaults(trust: Trust(environment: runbook.environment)))
      let plan = Planner.plan(
        try Note(Array(Self.text.utf8)), PlanRequest(file: "note.md", title: "note")
      ).plan
      let id = try #require(RunID("20260821-140210-7f3a"))
      let folder = try RunFolder.create(
        in: StateFolder(environment: runbook.environment), id: id, note: Array(Self.text.utf8),
        PlanRequest(file: "note.md", title: "note"))
      let header = RunHeader(
        id: id, note: file.realPath, file: "note.md", title: "note", section: nil,
        digest: plan.digest, user: "ana", machine: "laptop", version: "1", parameters: [],
        options: RunOptions(), folder: runbook.folder.path, commit: nil)
      let world = Runner.World(
        clock: Clock(signal: runbook.folder.path + "/asleep"), signals: try SignalQueue(),
        front: NobodyThere(),
        supervisor: try #require(StepSupervisor.locate(beside: CommandLine.arguments[0])),
        environment: runbook.environment, vault: vault.root)
      let keeper = NoteKeeper(
        plan: plan, file: file, vault: vault, folder: folder, mode: .both, mask: SecretMask([]),
        environment: runbook.environment, renderer: RunRenderer(plan: plan, mask: SecretMask([])))
      let runner = try Runner(
        plan: plan, folder: folder, world: world, observers: [keeper],
        beginning: .new(header, values: [:]))
      #expect(try runner.run() == .ended(.succeeded))
      keeper.finish(runner.state)
      #expect(runner.state.suspensions.count == 1)
      #expect(runner.state.uptime < 60)
      let journal = try String(contentsOfFile: folder.journal, encoding: .utf8)
      #expect(journal.contains(#""event":"suspended""#))
      let told =
        #/the machine slept from \d\d:\d\d:\d\d to (\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d; no deadline/#
      #expect(try runbook.read("note.md").firstMatch(of: told) != nil)
      #expect(try runbook.read(try #require(runbook.record)).firstMatch(of: told) != nil)
    }
  }
}
