/// A note whose blocks each write a word into `trace`, and what must stand there once its run has ended, however
/// often its runner was killed: each word as often as here, in this order.
struct CrashPlan: Sendable, CustomStringConvertible {
  let description: String
  let steps: String
  let trace: [String]
  let status: Int
  /// It is undone by `rollback` once it has ended, and that is what is killed.
  var isUndoneLater = false
  /// It has a step that a person does.
  var waits: Bool { description == Self.manual.description }

  var note: String { "---\ncwd: ../app\n---\n# Torture\n\n\(steps)" }

  init(_ name: String, status: Int = 0, trace: String, _ steps: String) {
    description = name
    self.status = status
    self.trace = trace.split(separator: " ").map(String.init)
    self.steps = steps
  }

  private static func block(_ code: String, _ attributes: String = "", indent: Int = 2) -> String {
    let margin = String(repeating: " ", count: indent)
    return "\(margin)```bash\(attributes.isEmpty ? "" : " {\(attributes)}")\n"
      + "\(margin)\(code)\n\(margin)```\n"
  }

  private static func write(
    _ word: String, _ attributes: String = "", then: String = "", indent: Int = 2
  ) -> String {
    block("echo \(word) >> trace\(then.isEmpty ? "" : "; \(then)")", attributes, indent: indent)
  }

  static let all = [
    linear, failing, nested, fallback, conditions, always, manual, retried, rollbackFails,
    undoneLater,
  ]

  static let undoneLater: CrashPlan = {
    var plan = CrashPlan(
      "undone later", trace: "a b c clean uc-value ua",
      "- [ ] A\n" + write("a") + write("ua", "rollback") + "- [ ] B\n" + write("b") + "- [ ] C\n"
        + block("echo value", "capture=X") + write("c")
        + write("uc-$X", "rollback", then: "sleep 0.1") + write("clean", "always"))
    plan.isUndoneLater = true
    return plan
  }()

  static let linear = CrashPlan(
    "linear", trace: "a b c d",
    "- [ ] A\n" + write("a") + "- [ ] B\n" + write("b", then: "sleep 0.1") + "- [ ] C\n"
      + write("c") + "- [ ] D\n" + write("d", then: "seq 1 500"))

  static let failing = CrashPlan(
    "failing with rollback", status: 3, trace: "a b c ub ua",
    "- [ ] A\n" + write("a") + write("ua", "rollback", then: "sleep 0.1") + "- [ ] B\n"
      + write("b") + write("ub", "rollback") + "- [ ] C\n" + write("c", then: "exit 7")
      + "- [ ] D\n" + write("d"))

  static let nested = CrashPlan(
    "nested", status: 3, trace: "p a b q c uq ub up",
    "- [ ] P\n" + write("p") + write("up", "rollback") + "  - [ ] A\n" + write("a", indent: 4)
      + "  - [ ] B\n" + write("b", indent: 4) + write("ub", "rollback", indent: 4)
      + "- [ ] Q\n" + write("q", then: "sleep 0.05") + write("uq", "rollback") + "  - [ ] C\n"
      + write("c", then: "false", indent: 4))

  static let fallback = CrashPlan(
    "fallback after a timeout", trace: "slow fast next",
    "- [ ] Build\n" + write("slow", "timeout=2s grace=1s", then: "sleep 60")
      + write("fast", "fallback") + "- [ ] Next\n" + write("next"))

  static let conditions = CrashPlan(
    "done-if, if and capture", trace: "ask1 ask2 two value-x last",
    "- [ ] One\n" + write("ask1", "done-if") + write("one") + "- [ ] Two\n"
      + write("ask2", "done-if", then: "exit 1") + write("two") + "- [ ] Value\n"
      + block("echo x", "capture=X") + write("value-$X", "if=X=x")
      + write("other", "if=X=y") + "- [ ] Last\n" + write("last"))

  static let always = CrashPlan(
    "always", status: 3, trace: "a b ua clean1 clean2",
    "- [ ] A\n" + write("a") + write("ua", "rollback") + write("clean1", "always")
      + "- [ ] B\n" + write("b", then: "exit 1") + write("clean2", "always", then: "false"))

  static let manual = CrashPlan(
    "manual step", trace: "a b",
    "- [ ] A\n" + write("a") + "- [ ] Look at the site\n- [ ] B\n" + write("b"))

  static let retried = CrashPlan(
    "tries", trace: "r r r s",
    "- [ ] R\n"
      + block(
        "echo r >> trace; [ \"$(grep -c '^r' trace)\" -ge 3 ]", "retries=3 delay=0.1s")
      + "- [ ] S\n" + write("s"))

  static let rollbackFails = CrashPlan(
    "failing rollback", status: 4, trace: "a b c ub ua",
    "- [ ] A\n" + write("a") + write("ua", "rollback") + "- [ ] B\n" + write("b")
      + write("ub", "rollback", then: "exit 2") + "- [ ] C\n" + write("c", then: "exit 1"))
}
