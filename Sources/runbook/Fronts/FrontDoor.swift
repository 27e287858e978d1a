import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Chooses how a run is shown, and whether anybody can be asked.
final class FrontDoor {
  let front: any RunFront
  let isTerminal = isatty(0) == 1 && isatty(1) == 1
  private let terminal: TerminalFront?
  private let input: TerminalInput?
  private let isJSON: Bool

  /// - Parameter isOnlooker: another process carries the run.
  static func open(isJSON: Bool, isOnlooker: Bool = false) -> FrontDoor {
    let isTerminal = isatty(0) == 1 && isatty(1) == 1
    let input = isTerminal && !isJSON ? TerminalInput.open() : nil
    let style = Style.ofOutput
    if let input, style.hasMotion, let terminal = TerminalFront(style: style, input: input) {
      terminal.isOnlooker = isOnlooker
      return FrontDoor(front: terminal, terminal: terminal, input: input, isJSON: isJSON)
    }
    return FrontDoor(front: NobodyThere(), terminal: nil, input: input, isJSON: isJSON)
  }

  private init(
    front: any RunFront, terminal: TerminalFront?, input: TerminalInput?, isJSON: Bool
  ) {
    self.front = front
    self.terminal = terminal
    self.input = input
    self.isJSON = isJSON
  }

  /// Who reads what happens in a run here.
  func observers(plan: Masked<Plan>, folder: RunFolder, mask: SecretMask) -> [any RunObserver] {
    let view = observer(plan: plan, folder: folder, mask: mask)
    guard terminal != nil,
      let bell = Bell(environment: ProcessContext.environment, ring: Bell.ringTerminal)
    else { return [view] }
    return [view, bell]
  }

  private func observer(
    plan: Masked<Plan>, folder: RunFolder, mask: SecretMask
  ) -> any RunObserver {
    if isJSON { return JSONPrinter() }
    let usual = UsualTimes(folder)
    guard let terminal else {
      return PlainPrinter(plan: plan, style: .ofOutput, usual: usual)
    }
    terminal.show(plan, LogReader(plan: plan.value, folder: folder, mask: mask), mask, usual)
    return terminal
  }

  /// Nil where nobody can be asked, or nothing was typed.
  func askSecret(_ name: String) -> String? {
    let value = input?.askLine(prompt: "\(name): ", hidden: true)
    return value?.isEmpty == true ? nil : value
  }

  var canAsk: Bool { input != nil }

  /// Nil where nobody can be asked.
  func ask(_ prompt: SafeText) -> String? { input?.askLine(prompt: prompt) }

  /// Asks a question where there is no view. Nil where nobody can be asked.
  static func askOnce(_ prompt: SafeText) -> String? {
    guard isatty(0) == 1, isatty(1) == 1 else { return nil }
    return TerminalInput.open()?.askLine(prompt: prompt)
  }

  /// Gives the terminal back.
  func close() { terminal?.close() }
}
