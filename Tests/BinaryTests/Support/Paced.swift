import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Lets only a few tests at a time start programs. All at once, hundreds of them on two cores, each would look at what
/// its program does seconds too late. Most of a test is waiting, so that there are more of them than cores.
struct Paced: SuiteTrait, TestTrait, TestScoping {
  fileprivate let turns: Turns
  /// Before those that wait already.
  fileprivate var isFirst = false

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await turns.take(isFirst: isFirst)
    let start = SuspendingClock.now
    let result: Result<Void, any Error>
    do {
      result = .success(try await function())
    } catch {
      result = .failure(error)
    }
    await turns.giveBack()
    TestTimes.add(test, testCase, SuspendingClock.now - start)
    try result.get()
  }
}

extension Trait where Self == Paced {
  /// For suites whose tests run programs.
  static var paced: Paced { Paced(turns: .programs) }

  /// For long tests, and for suites whose tests run one after the other: at the end of the queue each time, most of them
  /// would begin when all others are done.
  static var pacedFirst: Paced { Paced(turns: .programs, isFirst: true) }

  /// For tests of deploys, a few of them beside all others.
  static var deploys: Paced { Paced(turns: .deploys) }
}

/// A number of turns; who finds none left waits, first come first served, but for those who go first.
fileprivate actor Turns {
  private static let cores = ProcessInfo.processInfo.activeProcessorCount
  static let programs = Turns(4 * cores)
  /// A deploy keeps half a core busy.
  static let deploys = Turns(ContainerStore.isOwn ? cores + 1 : 1)

  private var left: Int
  private var first: [CheckedContinuation<Void, Never>] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { left = count }

  func take(isFirst: Bool) async {
    if left > 0 {
      left -= 1
      return
    }
    await withCheckedContinuation { if isFirst { first.append($0) } else { waiting.append($0) } }
  }

  func giveBack() {
    if !first.isEmpty {
      first.removeFirst().resume()
    } else if !waiting.isEmpty {
      waiting.removeFirst().resume()
    } else {
      left += 1
    }
  }
}

/// How long each test ran from its turn on: a line a test in the file that `RUNBOOK_TIMES` names. What Swift Testing tells
/// of a test is from when it was lined up.
private enum TestTimes {
  private static let file = getenv("RUNBOOK_TIMES").map {
    open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
  }

  static func add(_ test: Test, _ testCase: Test.Case?, _ time: Duration) {
    guard let file else { return }
    let seconds = String(format: "%8.3f", time / .seconds(1))
    let line = "\(seconds) \(test.id)\(testCase.map { " \($0)" } ?? "")\n"
    _ = line.withCString { write(file, $0, strlen($0)) }
  }
}
