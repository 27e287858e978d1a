import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When and by what one try stops a step: 2 tries of each way, 200 with `RUNBOOK_TORTURE=long`; `RUNBOOK_SEED` draws
/// the same ones again.
struct StopDraw: Sendable {
  static let isLong = variable("RUNBOOK_TORTURE") == "long"
  static let tries = isLong ? 200 : 2
  static let seed = variable("RUNBOOK_SEED").flatMap { UInt64($0) } ?? .random(in: 1...999_999_999)
  static let grace = Duration.milliseconds(100)
  /// How much later than its time and the grace a stop may be seen to have ended. The long form has the machine for
  /// itself.
  static let slack = Duration.seconds(isLong ? 1 : Patience.seconds)

  /// From 1.
  let number: Int
  /// Else its deadline does.
  let isByCommand: Bool
  let deadline: Duration
  /// Between the step being up and what is done to it or to its runner.
  let pause: Duration

  /// The tries of a case, of which there are several under one seed.
  static func all(_ way: String, _ shape: StepShape) -> [StopDraw] {
    let salt = "\(way) \(shape)".utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
    var random = SeededGenerator(seed: seed &* 1_000_003 ^ salt)
    return (1...tries).map { number in
      StopDraw(
        number: number, isByCommand: .random(using: &random),
        deadline: .milliseconds(Int.random(in: 250...450, using: &random)),
        pause: .microseconds(Int.random(in: 0...30_000, using: &random)))
    }
  }

  /// Says what a case has shown; a failing one never gets here.
  static func tell(_ way: String, _ shape: StepShape, _ rest: String = "") {
    print("stop, seed \(seed), user \(geteuid()), \(way), \(shape): \(tries) tries, 0 left\(rest)")
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
