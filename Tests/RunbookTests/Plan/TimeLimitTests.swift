import Testing

@testable import Runbook

@Suite struct TimeLimitTests {
  @Test(arguments: [
    ("90", 90), ("90s", 90), ("10m", 600), ("1h30m", 5400), ("10 min", 600), ("1d", 86_400),
    ("0", 0), ("1.5h", 5400), ("250ms", 0.25), ("2 hours", 7200), ("1h 30m 5s", 5405),
    ("10M", 600), (" 10m ", 600), ("1 minute", 60), ("366d", 31_622_400),
  ]) func reads(text: String, seconds: Double) {
    #expect(TimeLimit(text) == .seconds(seconds))
  }

  @Test(arguments: ["none", "None", " none "]) func readsNone(text: String) {
    #expect(TimeLimit(text) == TimeLimit.none)
  }

  @Test(arguments: [
    "", "soon", "-5", "+5", "5x", "m", "10mm", "1m1h", "1h1h", "1:30", "2h30", "1e3", "0x10", "inf",
    "nan", "367d", "99999999999999999999", "1..5m", ".5m", "5 6", "１０m", "½h", "10 m in",
    "10m,", "ten minutes",
  ]) func refuses(text: String) {
    #expect(TimeLimit(text) == nil)
  }

  @Test(arguments: [
    (0.5, "0.5s"), (12.4, "12.4s"), (59, "59s"), (60, "1m"), (90, "90s"), (600, "10m"),
    (5400, "1h 30m"), (86_400, "1d"), (3661, "1h 1m 1s"),
  ]) func writes(seconds: Double, text: String) {
    #expect(TimeLimit.text(seconds) == text)
  }
}
