import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A note from disk with its plan.
struct LoadedNote {
  let vault: Vault
  let file: NoteFile
  /// Read once: what was shown and checked is what runs.
  let note: Note
  let request: PlanRequest
  let plan: Plan
  let diagnostics: [Diagnostic]

  /// The plan for people: without the secrets that are known by now.
  var shown: Masked<Plan> { SecretMask(of: plan, values: [:]).mask(plan) }

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  /// - Throws: `Diagnostic` where the file is no note that could be planned at all.
  static func load(
    _ argument: NoteArgument, among known: KnownVaults = .here,
    _ configure: (inout PlanRequest) -> Void = { _ in }
  ) throws(Refusal) -> LoadedNote {
    try refusing(argument) { try plan(try read(argument, known), argument, configure) }
  }

  /// Nil for a note without the tag, which is not planned then, and for what is no note of the vault but a link out of it.
  static func load(
    _ argument: NoteArgument, tagged tag: String, among known: KnownVaults,
    _ configure: (inout PlanRequest) -> Void
  ) throws(Refusal) -> LoadedNote? {
    try refusing(argument) {
      let (vault, file) = try Vault.locate(note: argument.path, among: known)
      guard vault.holds(file) else { return nil }
      let found: Found = (vault, file, try parse(try file.read().bytes, file: argument.path))
      return found.note.tags.contains(tag) ? try plan(found, argument, configure) : nil
    }
  }

  private typealias Found = (vault: Vault, file: NoteFile, note: Note)

  private static func read(_ argument: NoteArgument, _ known: KnownVaults) throws -> Found {
    let (vault, file) = try Vault.locate(note: argument.path, among: known)
    return (vault, file, try parse(try file.read().bytes, file: argument.path))
  }

  private static func plan(
    _ found: Found, _ argument: NoteArgument, _ configure: (inout PlanRequest) -> Void
  ) throws -> LoadedNote {
    let (vault, file, note) = found
    var request = PlanRequest(file: argument.path, title: file.title)
    request.section = argument.section
    request.environment = ProcessContext.environment
    request.isInVault = vault.isInsideVault && vault.holds(file)
    request.vaultDefaults = try defaults(of: vault, realPath: file.realPath)
    configure(&request)
    request.embeds = EmbedReader.read(note, file, named: argument.path, in: vault)
    let (plan, diagnostics) = Planner.plan(note, request)
    // A parameter's value, which may hold a secret, is told where it can't be used.
    let told = SecretMask(of: plan, values: [:]).mask(diagnostics).value
    return LoadedNote(
      vault: vault, file: file, note: note, request: request, plan: plan, diagnostics: told)
  }

  private static func refusing<Result>(
    _ argument: NoteArgument, _ body: () throws -> Result
  ) throws(Refusal) -> Result {
    do {
      return try body()
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(diagnostic: Refusals.diagnostic(error, file: argument.path))
    }
  }

  /// What `check` would say of a note that is not on disk yet, and the notes that it embeds, from the vault's root.
  ///
  /// - Parameter unwritten: of a link that leads to no note yet, the one that is about to be made.
  static func check(
    _ bytes: [UInt8], at place: NewNotePlace,
    unwritten: @escaping (String) -> EmbedReader.UnwrittenNote? = { _ in nil }
  ) throws -> (diagnostics: [Diagnostic], embedded: [String]) {
    var request = PlanRequest(file: place.shown, title: place.title)
    request.environment = ProcessContext.environment
    request.isInVault = place.vault.isInsideVault
    request.vaultDefaults = try defaults(of: place.vault, realPath: place.fullPath)
    request.isChecking = true
    do throws(Refusal) {
      let note = try parse(bytes, file: place.shown)
      request.embeds = EmbedReader.read(
        note, NoteFile(newAt: place.fullPath), named: place.shown, in: place.vault,
        unwritten: unwritten)
      return (Planner.plan(note, request).diagnostics, request.embeds.paths)
    } catch {
      return ([error.diagnostic], [])
    }
  }

  /// A vault's own file that can't be read is an error: what it says may be what keeps a deploy safe.
  private static func defaults(of vault: Vault, realPath: String) throws -> VaultDefaults? {
    guard access("\(vault.root)/\(VaultDefaults.fileName)", F_OK) == 0 else { return nil }
    let inside = realPath.hasPrefix(vault.root + "/")
    let depth = realPath.dropFirst(vault.root.count + 1).count { $0 == "/" }
    return VaultDefaults(
      file: try vault.read(VaultDefaults.fileName),
      rootFromNote: !inside
        ? vault.root
        : depth == 0 ? "." : [String](repeating: "..", count: depth).joined(separator: "/"))
  }

  /// How long its steps usually take on this machine.
  var usual: [StepID: Double] {
    guard let runs = StateFolder.runs(environment: ProcessContext.environment) else { return [:] }
    return RunHistory(runs: runs).usual(note: file.realPath)
  }

  struct Refusal: Error {
    let diagnostic: Diagnostic
  }

  /// Bytes that can't be parsed have lines all the same, to show the place.
  private static func parse(_ bytes: [UInt8], file: String) throws(Refusal) -> Note {
    do {
      return try Note(bytes)
    } catch {
      throw Refusal(
        diagnostic: Diagnostic(
          error, file: file, bytes: bytes))
    }
  }
}
