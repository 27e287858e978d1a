extension AttributeInterpreter {
  func value(
    _ name: AttributeName, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    if name.isFlag { return .flag }
    let written = attribute.value ?? (name.isTruth ? "true" : "")
    if name == .cwd || name == .confirm {
      return template(written, attribute, &problems)
    }
    if name == .capture { return capture(written, attribute, &problems) }
    if name == .if, refuseShellCondition(written, attribute, &problems) { return nil }
    guard let text = expanded(written, attribute, &problems) else { return nil }
    switch name {
    case .timeout, .idle, .grace, .delay, .every, .for:
      return limit(name, text, attribute, &problems)
    case .retries, .forks, .serial: return count(name, text, attribute, &problems)
    case .onTimeout:
      return choice(text, attribute, &problems).map { .timeoutPolicy($0) }
    case .onError:
      return choice(text, attribute, &problems).map { .errorPolicy($0) }
    case .host, .hosts: return host(name, text, attribute, &problems)
    case .interpreter: return interpreter(text, attribute, &problems)
    case .if: return condition(text, attribute, &problems)
    case .strict: return truth(text, attribute, &problems)
    default: return .text(text)
    }
  }

  // MARK: Variables

  /// The text with `$NAME` replaced by parameters; nil after a problem, or while a value is missing.
  private func expanded(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> String? {
    let template = Template(text)
    for name in template.variables {
      guard let parameter = parameters[name] else {
        refuseUndefined(name, attribute, &problems)
        return nil
      }
      guard !parameter.isSecret else {
        problems.error(
          "$\(name) is a secret, and “\(attribute.name)” is shown in the plan and the record",
          at: attribute.valueRange, fix: "read $\(name) inside the block")
        return nil
      }
      if parameter.value == nil { return nil }
    }
    guard !refuseStrayDollar(template, attribute, &problems) else { return nil }
    return template.expanded { parameters[$0]?.value }
  }

  private func template(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    let template = Template(text)
    for name in template.variables
    where parameters[name] == nil && !captures.contains(name) && !name.hasPrefix("RUNBOOK") {
      refuseUndefined(name, attribute, &problems)
      return nil
    }
    guard
      attribute.name == AttributeName.confirm.rawValue
        || !refuseStrayDollar(template, attribute, &problems)
    else { return nil }
    return .template(template)
  }

  /// `$(hostname)` or `${A:-b}` would stay as it stands, and be taken for a name.
  private func refuseStrayDollar(
    _ template: Template, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> Bool {
    guard template.hasStrayDollar else { return false }
    problems.error(
      "only $NAME and ${NAME} are expanded in attributes", at: attribute.valueRange,
      fix: "capture the value in a block before, or use a parameter; a literal dollar is $$")
    return true
  }

  private func refuseUndefined(
    _ name: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) {
    if captures.contains(name) {
      problems.error(
        "$\(name) is captured while the note runs, and “\(attribute.name)” must be known before",
        at: attribute.valueRange, fix: "use a parameter, or read $\(name) inside the block")
      return
    }
    let isCondition = attribute.name == AttributeName.if.rawValue
    let near = Spelling.nearest(to: name, among: Array(parameters.keys).sorted())
    problems.error(
      "$\(name) is not defined", at: attribute.valueRange,
      fix: near.map { "did you mean \(isCondition ? "" : "$")\($0)?" }
        ?? definition(of: name) + (isCondition ? "" : "; a literal dollar is $$"),
      replacement: attribute.revalued(
        near.map { (attribute.value ?? "").replacing(name, with: $0) }))
  }

  /// A name of the login environment is no name for a parameter.
  private func definition(of name: String) -> String {
    if name == "HOME" { return "write ~ for the home folder" }
    guard VariableName.isReserved(name) else {
      return "add \(name) to params in the front matter, as in params: [\(name)=…]"
    }
    return "\(name) is of the login environment, and no parameter: choose another name, as in "
      + "params: [APP_\(name)=…]"
  }

  /// `if=$APP==prod`: the value of APP would be taken for a name.
  private func refuseShellCondition(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> Bool {
    let isNegated = text.hasPrefix("!")
    let left = text.drop { $0 == "!" || $0 == "[" || $0 == " " }
    let hasDollar = left.hasPrefix("$")
    let name = left.drop { "${".contains($0) }.prefix {
      $0.utf8.allSatisfy(VariableName.isNameByte)
    }
    let rest = left.drop { "${".contains($0) }.dropFirst(name.count).drop { "} ".contains($0) }
    let isDouble = rest.hasPrefix("==")
    guard !name.isEmpty, hasDollar || isDouble else { return false }
    let differs = rest.hasPrefix("!=") || isNegated && isDouble
    let value = rest.drop { "=! ".contains($0) }.filter { !"\"'] ".contains($0) }
    let right = rest.isEmpty ? "" : (differs ? "!=" : "=") + value
    let condition = (isNegated && rest.isEmpty ? "!" : "") + name + right
    problems.error(
      "a condition names the parameter without “$”, and has one “=”", at: attribute.valueRange,
      fix: "write if=\(condition)", replacement: attribute.revalued(condition))
    return true
  }

  // MARK: Kinds

  private func limit(
    _ name: AttributeName, _ text: String, _ attribute: Attribute,
    _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    guard let limit = TimeLimit(text) else {
      problems.error(
        Self.told(text, attribute, "no duration"), at: attribute.valueRange,
        fix: TimeLimit.syntaxHelp)
      return nil
    }
    if limit == .none, name != .timeout, name != .idle {
      problems.error(
        "“\(attribute.name)” can't be none", at: attribute.valueRange,
        fix: "write a duration, or leave it out")
      return nil
    }
    if limit == .seconds(0), name != .grace, name != .delay {
      problems.error(
        "“\(attribute.name)” can't be zero", at: attribute.valueRange,
        fix: name == .timeout || name == .idle ? "write none for no limit" : nil)
      return nil
    }
    return .limit(limit)
  }

  private func count(
    _ name: AttributeName, _ text: String, _ attribute: Attribute,
    _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    let smallest = name == .retries ? 0 : 1
    guard let count = Int(text), (smallest...1000).contains(count) else {
      problems.error(
        Self.told(text, attribute, "no number from \(smallest) to 1000"),
        at: attribute.valueRange, fix: "write \(name.rawValue)=3")
      return nil
    }
    return .count(count)
  }

  /// Where a variable stood, both are said: what was written, and what it came to.
  private static func told(_ text: String, _ attribute: Attribute, _ what: String) -> String {
    let written = attribute.value ?? ""
    return written == text
      ? "“\(text)” is \(what)" : "\(written) is “\(text)”, which is \(what)"
  }

  private func choice<Choice>(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: text, among: names)
    problems.error(
      "“\(text)” is no choice for “\(attribute.name)”", at: attribute.valueRange,
      fix: near.map { "did you mean \($0)?" } ?? "write \(EitherOf.text(names))",
      replacement: attribute.revalued(near))
    return nil
  }

  private func host(
    _ name: AttributeName, _ text: String, _ attribute: Attribute,
    _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    guard !text.isEmpty else {
      let written = attribute.value ?? ""
      problems.error(
        written.isEmpty
          ? "the \(name.rawValue) is empty"
          : "the \(name.rawValue) is empty: \(written) has no value",
        at: attribute.valueRange, fix: "give it a value; localhost is this machine")
      return nil
    }
    // ssh would read a leading hyphen as an option.
    guard HostName.isValid(text) else {
      problems.error(
        Self.told(text, attribute, "no host name"), at: attribute.valueRange,
        fix: "write web1, ana@web1 or a name of your ssh configuration")
      return nil
    }
    return .text(text)
  }

  private func capture(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    guard VariableName.isValid(text), !VariableName.isReserved(text) else {
      problems.error(
        "“\(text)” can't be the name of a captured value", at: attribute.valueRange,
        fix: "use letters, digits and _, and no name of the login environment")
      return nil
    }
    guard parameters[text] == nil else {
      problems.error(
        "\(text) is a parameter already", at: attribute.valueRange,
        fix: "capture under another name")
      return nil
    }
    return .text(text)
  }

  private func interpreter(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    if let interpreter = Interpreter(command: text) { return .interpreter(interpreter) }
    problems.error(
      "“\(text)” is no command", at: attribute.valueRange, fix: "write a program and its options")
    return nil
  }

  private func truth(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    if let value = Bool(text) { return .truth(value) }
    problems.error(
      Self.told(text, attribute, "neither true nor false"), at: attribute.valueRange,
      fix: "write \(attribute.name)=false, or leave it out")
    return nil
  }

  private func condition(
    _ text: String, _ attribute: Attribute, _ problems: inout DiagnosticCollector
  ) -> AttributeValue? {
    guard let condition = Condition(text) else {
      problems.error(
        "“\(text)” is no condition", at: attribute.valueRange,
        fix: "write NAME, !NAME, NAME=value or NAME!=value")
      return nil
    }
    let name = condition.name
    guard parameters[name] != nil || captures.contains(name) || name.hasPrefix("RUNBOOK_") else {
      refuseUndefined(name, attribute, &problems)
      return nil
    }
    return .condition(condition)
  }
}
