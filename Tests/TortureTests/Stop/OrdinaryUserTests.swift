import Glibc
import TestSupport
import Testing

/// Root can kill all, and may read all of `/proc`: what holds for root need not hold for anybody else.
@Suite(
  .serialized,
  .enabled(if: geteuid() == 0, "the tests run as an ordinary user already"),
  .enabled(
    if: MachineRights.canBeSomebody,
    "an ordinary user can't read Swift's libraries, or there is no setpriv")
)
struct OrdinaryUserTests {
  /// How many ways of stopping each has.
  @Test(arguments: [("StepStopTortureTests", 3), ("RunStopTests", 2)])
  func stops(_ suite: String, _ ways: Int) async throws {
    let result = try await OrdinaryUser().run(
      "TortureTests.\(suite)/", within: StopDraw.isLong ? 7200 : Patience.forPrograms)
    let told = result.stdout.split(separator: "\n").filter { $0.hasPrefix("stop, ") }
    for line in told { print(line) }
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(told.count == ways * StepShape.allCases.count)
    #expect(told.allSatisfy { !$0.contains(" user 0,") })
  }
}
