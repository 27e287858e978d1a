import Testing

@testable import Runbook

/// The runner dies after, and before, each event of each scenario; another goes on from the journal. It must end
/// the same way, having run the same blocks in the same order.
struct CrashTests {
  @Test(arguments: Scenario.all)
  func everyPrefix(_ scenario: Scenario) throws {
    let plan = try scenario.plan()
    try CrashCheck(plan: plan, make: { scenario.run(scenario.world(plan)) }).run()
  }
}
