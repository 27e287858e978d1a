import Runbook

/// Runs that go on without a terminal. There is one mechanism: a detached runner resumes the run from its journal.
enum Background {
  static func prepare(
    _ header: RunHeader, _ loaded: LoadedNote, _ secrets: [String: String], _ access: StateAccess
  ) throws -> RunFolder {
    let folder = try RunFolder.create(
      in: access.state, id: header.id, note: loaded.note.bytes, loaded.request)
    try Runner.prepare(header, loaded.plan, folder: folder, values: secrets)
    return folder
  }

  static func start(_ id: RunID, _ folder: RunFolder, _ locks: RunLocks) throws {
    try Detachment.start(
      ProcessContext.executable, ["resume", id.text, "--detached"],
      environment: ProcessContext.environment, locks: locks.all, log: folder.runnerLog)
    Output.print(
      """
      The run \(id.short) goes on in the background.
      see it   runbook attach \(id.short)
      stop it  runbook cancel \(id.short)
      """)
  }
}
