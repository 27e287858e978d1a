import Testing

/// Lets only a few tests at a time start programs. All at once, hundreds of them on two cores, each would look at what
/// its program does seconds too late.
struct Paced: SuiteTrait, TestTrait, TestScoping {
  private static let turns = Turns(8)

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Self.turns.take()
    do {
      try await function()
    } catch {
      await Self.turns.giveBack()
      throw error
    }
    await Self.turns.giveBack()
  }
}

extension Trait where Self == Paced {
  /// For suites whose tests run programs.
  static var paced: Paced { Paced() }
}

/// A number of turns; who finds none left waits, first come first served.
private actor Turns {
  private var left: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { left = count }

  func take() async {
    if left > 0 {
      left -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func giveBack() {
    if waiting.isEmpty { left += 1 } else { waiting.removeFirst().resume() }
  }
}
