import ArgumentParser
import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@main
enum Main {
  /// The parser's own statuses (64 for a wrong command line) give way to the documented ones.
  static func main() {
    ProcessMemory.keepPrivate()
    StandardDescriptors.fill()
    SignalQueue.ignoreOthers()
    // Swift reads it from /proc/self/cmdline. Where that fails there are no arguments at all, which would be a request
    // for help.
    guard !CommandLine.arguments.isEmpty else {
      Output.complain("error: the command line can't be read")
      exit(ExitStatus.usage.code)
    }
    TerminalRescue.putBack(environment: ProcessContext.environment)
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let refusal = CommandAdvice.refusal(of: arguments, among: RunbookCommand.names) {
      Output.complain(refusal)
      exit(ExitStatus.usage.code)
    }
    do {
      var command = try RunbookCommand.parseAsRoot()
      if !(command is HostStepCommand) { try Refusals.ofUserSettings() }
      try command.run()
      exit(Output.status(after: 0))
    } catch let status as ExitStatus {
      exit(Output.status(after: status.code))
    } catch {
      if RunbookCommand.exitCode(for: error).isSuccess {
        let text = RunbookCommand.fullMessage(for: error)
        Output.print(SafeText(lines: BashCompletion.mended(text)))
        exit(Output.status(after: 0))
      }
      Output.complain(complaint(of: error, arguments))
      exit(ExitStatus.usage.code)
    }
  }

  /// The parser repeats arguments as they were typed, ends of lines included, so that one could add a line that looks
  /// like ours. It is asked once more, of arguments that may be shown.
  private static func complaint(of error: any Error, _ arguments: [String]) -> SafeText {
    let shown = arguments.map { SafeText($0).description }
    guard shown != arguments else { return SafeText(lines: text(of: error)) }
    do {
      _ = try RunbookCommand.parseAsRoot(shown)
    } catch {
      return SafeText(lines: text(of: error))
    }
    return SafeText(text(of: error))
  }

  private static func text(of error: any Error) -> String {
    let text = RunbookCommand.fullMessage(for: error)
    return text.isEmpty ? "\(error)" : withAdvice(text)
  }

  /// The parser suggests what is spelt nearly so, not what is called otherwise elsewhere.
  private static func withAdvice(_ text: String) -> String {
    let start = "Error: Unknown option '"
    guard text.hasPrefix(start) else { return text }
    let option = String(text.dropFirst(start.count).prefix { $0 != "'" })
    guard let meant = CommandAdvice.option(for: option),
      RunbookCommand.takes(meant, CommandLine.arguments.dropFirst().first)
    else { return text }
    // In place of what the parser suggests: it knows the spelling alone.
    return "\(start)\(option)'. Did you mean '\(meant)'?" + text.drop { $0 != "\n" }
  }
}
