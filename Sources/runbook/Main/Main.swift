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
      Output.complain(SafeText(lines: refusal))
      exit(ExitStatus.usage.code)
    }
    do {
      var command = try RunbookCommand.parseAsRoot()
      try command.run()
      exit(Output.status(after: 0))
    } catch let status as ExitStatus {
      exit(Output.status(after: status.code))
    } catch {
      let status = RunbookCommand.exitCode(for: error)
      let text = RunbookCommand.fullMessage(for: error)
      if status.isSuccess {
        Output.print(SafeText(lines: BashCompletion.mended(text)))
        exit(Output.status(after: 0))
      }
      Output.complain(text.isEmpty ? "\(error)" : SafeText(lines: withAdvice(text)))
      exit(ExitStatus.usage.code)
    }
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
