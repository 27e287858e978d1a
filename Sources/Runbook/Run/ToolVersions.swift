#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a colleague has to have as well, for the same blocks to do the same.
public struct ToolVersions: Sendable, Equatable {
  public struct Tool: Sendable, Equatable {
    public let program: String
    /// The first line of what it says of its version.
    public let version: String
  }

  /// `Linux 6.1.0 x86_64`
  public let system: String
  public let tools: [Tool]

  public init(system: String = "", tools: [Tool] = []) {
    self.system = system
    self.tools = tools
  }

  /// Of this machine, and of the interpreters that ran blocks on it, each once. Only those are asked that are known to
  /// do nothing but answer: a program that a note names by `interpreter=` may take any argument for its work.
  init(of plan: Plan, _ state: RunState, environment: [String: String]) {
    let known = Set(Interpreter.known.values.map(\.program)).subtracting(["sh"])
    let ran = state.blocks.compactMap { reference, progress -> String? in
      guard let block = plan.block(reference), progress.last?.result?.hasRun == true,
        !block.options.runsElsewhere
      else { return nil }
      return block.interpreter.program
    }
    system = Self.system
    tools = Set(ran).intersection(known).sorted().compactMap {
      Self.tool($0, environment: environment)
    }
  }

  private static func tool(_ program: String, environment: [String: String]) -> Tool? {
    let output = Command.output(of: program, ["--version"], environment: environment, within: 5)
    let line = output.map { PlainText.lines(of: $0) }?.first { !$0.isEmpty }
    return line.map { Tool(program: program, version: $0) }
  }

  private static var system: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "" }
    return [text(name.sysname), text(name.release), text(name.machine)].joined(separator: " ")
  }

  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
