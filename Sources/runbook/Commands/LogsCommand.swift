import ArgumentParser
import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Shows what the steps of a run printed.")

  @Argument(
    help: ArgumentHelp(RunChoice.help, valueName: "run"),
    completion: .runs(for: .logs))
  var runName: String?

  @Argument(
    help: "The step: its number, its ^id or the beginning of its text; all where none is named.",
    completion: .stepOfRun)
  var step: String?

  @Flag(name: .shortAndLong, help: "Go on with what is printed until the run ends.")
  var follow = false

  @Flag(help: "The bytes as they were printed, without headings. Not to a terminal.")
  var raw = false

  func validate() throws {
    guard raw, isatty(1) == 1 else { return }
    throw ValidationError(
      "--raw prints what may be codes for the terminal: send it into a file or a pipe")
  }

  func run() throws {
    let access = try StateAccess.open()
    do {
      let id = try RunChoice.find(runName, for: .logs, access)
      let stored = try RunArchive(access.state).find(id.text)
      let wanted = try step.map { name throws(RunArchive.Problem) in try stored.step(name) }
      try show(stored, wanted, access)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }

  private func show(_ stored: StoredRun, _ wanted: StepID?, _ access: StateAccess) throws {
    var journal = JournalFollower(stored.folder)
    var state = stored.origin
    var printer = LogPrinter(stored: stored, step: wanted, isRaw: raw)
    let clock = SystemClock()
    repeat {
      // First whether somebody carries it: what such a runner wrote before it went is read below.
      let isOver = try !follow || !access.isCarried(stored)
      for event in try journal.next() {
        state.apply(event)
        printer.take(event)
      }
      let isLast = isOver || state.outcome != nil || state.paused != nil
      printer.printNews(isLast: isLast)
      if isLast { break }
      clock.wait(for: [], atMost: 0.1)
    } while true
  }
}
