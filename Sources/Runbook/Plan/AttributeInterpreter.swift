/// Turns written attributes into typed ones; what is not understood is an error, never passed over.
struct AttributeInterpreter {
  /// Where the attributes stand.
  enum Place {
    case block
    case step
  }

  let parameters: [String: Parameter]
  /// Names that blocks of this note capture.
  let captures: Set<String>
  /// All that blocks get from the note: joined once, since each block asks.
  let variables: Set<String>

  init(parameters: [String: Parameter], captures: Set<String>) {
    self.parameters = parameters
    self.captures = captures
    variables = captures.union(parameters.keys)
  }

  func read(
    _ range: Range<Int>, on place: Place, _ problems: inout DiagnosticCollector
  ) -> AttributeSet {
    var set = AttributeSet()
    let attributes: [Attribute]
    do {
      attributes = try AttributeReader.read(problems.note.bytes, range)
    } catch {
      problems.error(error)
      return set
    }
    for attribute in attributes
    where !AttributeName.isPassedOver(attribute.name) && !isFlagOff(attribute) {
      guard let name = known(attribute, &problems), fits(name, place, attribute, &problems),
        let value = value(name, attribute, &problems)
      else { continue }
      set.set(
        name,
        AttributeSet.Entry(
          value: value, source: attribute.value ?? "", place: attribute.nameRange))
    }
    refuseContradictions(set, &problems)
    return set
  }

  /// `{interactive=false}`, runme's habit, says what leaving it out says.
  private func isFlagOff(_ attribute: Attribute) -> Bool {
    attribute.value == "false" && AttributeName(written: attribute.name)?.isFlag == true
  }

  private func known(
    _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeName? {
    if let name = AttributeName(written: attribute.name) { return name }
    let known = AttributeName.allCases.filter { $0 != .excludeFromRunAll }.map(\.rawValue)
    let advice = AttributeName.advice(on: attribute.name)
    let meant = advice == nil ? AttributeName.meant(by: attribute.name) : nil
    let lacksValue =
      attribute.value == nil
      && meant.flatMap(AttributeName.init(rawValue:)).map { !$0.isFlag && !$0.isTruth } ?? false
    problems.error(
      "unknown attribute “\(attribute.name)”", at: attribute.nameRange,
      fix: advice ?? meant.map { "did you mean \($0)\(lacksValue ? "=…" : "")?" }
        ?? "there are: \(known.joined(separator: " ")); a name of your own begins with x-",
      replacement: lacksValue ? nil : attribute.renamed(meant))
    return nil
  }

  private func fits(
    _ name: AttributeName, _ place: Place, _ attribute: Attribute,
    _ problems: inout DiagnosticCollector
  ) -> Bool {
    guard place == .block || name.fitsStep else {
      problems.error(
        "“\(attribute.name)” belongs on a code block, not on a step's text",
        at: attribute.nameRange, fix: "move it behind the language: ```bash {\(attribute.name)…}")
      return false
    }
    if name.isFlag, let value = attribute.value, value != "true" {
      problems.error(
        "“\(attribute.name)” is a flag and takes no value", at: attribute.valueRange,
        fix: "write \(attribute.name) alone")
      return false
    }
    if !name.isFlag, !name.isTruth, attribute.value == nil {
      problems.error(
        "“\(attribute.name)” needs a value", at: attribute.nameRange,
        fix: "write \(attribute.name)=…")
      return false
    }
    return true
  }

  private func refuseContradictions(
    _ set: AttributeSet, _ problems: inout DiagnosticCollector
  ) {
    if set.has(.onError), let flag = set[.continueOnError] {
      problems.error(
        "on-error and continue-on-error contradict each other", at: flag.place, fix: "keep one")
    }
    if set.has(.host), let hosts = set[.hosts] {
      problems.error("host and hosts contradict each other", at: hosts.place, fix: "keep one")
    }
    if let loop = set[.for], !set.has(.every) {
      problems.error("“for” needs “every”", at: loop.place, fix: "write every=30s for=5m")
    }
    if let loop = set[.every], !set.has(.for) {
      problems.error("“every” needs “for”", at: loop.place, fix: "write every=30s for=5m")
    }
    if let delay = set[.delay], !set.has(.retries) {
      problems.error(
        "“delay” is the pause between retries, and there are none", at: delay.place,
        fix: "write retries=2 delay=\(delay.source), or remove it")
    }
    if case .limit(let every)? = set[.every]?.value, case .limit(let length)? = set[.for]?.value,
      let every = every.seconds, let length = length.seconds, let place = set[.every]?.place,
      every > length
    {
      problems.error(
        "“every” is longer than “for”, so that the block would run once", at: place,
        fix: "write every=30s for=5m")
    }
    let roles = [AttributeName.rollback, .fallback, .doneIf, .always].compactMap { set[$0] }
    if roles.count > 1, let last = roles.max(by: { $0.place.lowerBound < $1.place.lowerBound }) {
      problems.error(
        "a block has one role: rollback, fallback, done-if or always", at: last.place,
        fix: "keep one, and write a block for each of the others")
    }
  }
}
