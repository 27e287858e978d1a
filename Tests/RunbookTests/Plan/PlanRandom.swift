import Foundation

/// A seeded generator (SplitMix64): the same seed gives the same notes. `RUNBOOK_SEED` sets another.
struct PlanRandom: RandomNumberGenerator {
  private var state: UInt64
  let seed: UInt64

  init() {
    seed = ProcessInfo.processInfo.environment["RUNBOOK_SEED"].flatMap(UInt64.init) ?? 20_260_821
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(below limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &self) }
  mutating func isHeads() -> Bool { Bool.random(using: &self) }
}

extension Array {
  func drawn(_ random: inout PlanRandom) -> Element { self[random.number(below: count)] }
}
