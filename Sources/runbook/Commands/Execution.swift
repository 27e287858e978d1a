import Runbook

/// One `exec`, from a checked plan to the exit status.
struct Execution {
  let loaded: LoadedNote
  let choices: PlanChoices
  let options: RunOptions
  let isJSON: Bool
  let isInBackground: Bool
  let waitsForLock: Bool
  let isTrustedOnly: Bool

  func run() throws {
    let front = FrontDoor.open(isJSON: isJSON)
    let folder = Preflight.folder(of: loaded.plan, note: loaded.file, environment: environment)
    try refuseUnrunnable(folder)
    let files = try HostAccess.files(loaded.plan, loaded.file, environment)
    let access = try StateAccess.open()
    let known = KnownNote(
      note: loaded.file.realPath, section: loaded.request.section, in: access.state)
    try ChangeReview(
      loaded: loaded, known: known, isStrict: isTrustedOnly, isAccepted: options.assumesYes
    ).pass(front)
    let secrets = try SecretPrompt.ask(loaded.plan, front)
    let mask = SecretMask(of: loaded.plan, values: secrets)
    let helpers = loaded.plan.helperEnvironment(environment, mask)
    let locks = try access.lock(loaded.file, loaded.plan, waits: waitsForLock)
    defer { withExtendedLifetime(locks) {} }
    try RunSession.writeDownLast(
      access, locks, loaded.vault, loaded.file, named: loaded.plan.file)
    do {
      let (id, order) = try access.state.beginRun(at: SystemClock().now)
      access.sign(locks, for: id)
      let hosts = try HostAccess.connections(
        loaded.plan, run: id, file: loaded.file, files, environment: helpers)
      try HostAccess.open(hosts, loaded.plan, loaded.note, mask)
      let fleets = FleetAccess(
        loaded.plan, run: id, files: files, environment: environment)
      try HostAccess.open(fleets, loaded.plan, mask, beside: hosts)
      try known.remember(loaded.plan.executable)
      if isInBackground {
        // The runner that carries the run connects for itself; the shared connections are there already.
        hosts?.close(cleans: false)
        let folder = try Background.prepare(
          header(id, order, folder, helpers), loaded, secrets, access)
        return try Background.start(id, folder, locks)
      }
      var session = RunSession(
        plan: loaded.plan, file: loaded.file, vault: loaded.vault,
        folder: try RunFolder.create(
          in: access.state, id: id, note: loaded.note.bytes, loaded.request),
        secrets: secrets, recordMode: options.record, environment: environment, front: front,
        isJSON: isJSON)
      session.locks = locks
      session.hosts = hosts
      session.fleets = fleets
      try session.run(.new(header(id, order, folder, helpers), values: secrets))
    } catch let error as SystemError {
      Output.complain("error: the run's folder can't be used: \(error). Nothing was run.")
      throw ExitStatus.noState
    }
  }

  private var environment: [String: String] { ProcessContext.environment }

  // MARK: Before the run

  private func refuseUnrunnable(_ folder: String) throws {
    let problems = Preflight.problems(
      of: loaded.plan, note: loaded.note, folder: folder, environment: environment
    ).value
    guard !problems.isEmpty else { return }
    CheckReport.complain(problems)
    Output.complain("Nothing was run.")
    throw ExitStatus.usage
  }

  private func header(
    _ id: RunID, _ order: Int64, _ folder: String, _ helpers: [String: String]
  ) -> RunHeader {
    RunHeader(
      id: id, order: order, note: loaded.file.realPath, place: loaded.vault.place(of: loaded.file),
      file: loaded.plan.file, title: loaded.plan.title,
      section: loaded.request.section, digest: loaded.plan.digest, user: ProcessContext.user,
      machine: ProcessContext.machine, version: RunbookCommand.version,
      parameters: loaded.plan.parameters.map {
        RunHeader.ParameterValue(
          name: $0.name, value: $0.isSecret ? nil : $0.value,
          source: $0.value == nil ? .asked : $0.source)
      },
      options: options, folder: folder,
      commit: GitState.commit(of: folder, environment: helpers), choices: choices,
      surroundings: Surroundings(environment: environment, umask: ProcessContext.umask))
  }
}
