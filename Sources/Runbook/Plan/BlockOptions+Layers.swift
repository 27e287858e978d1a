extension BlockOptions {
  /// The options that a merged set of attributes gives, on top of the note's and the command line's.
  init(_ attributes: AttributeSet, settings: Settings, request: PlanRequest) {
    self.init()
    applyDefaults(settings, request)
    if let value = attributes.limit(.timeout) { timeout = value }
    if let value = attributes.limit(.idle) { idle = value }
    if let value = attributes.limit(.grace)?.seconds { grace = value }
    if case .timeoutPolicy(let policy)? = attributes[.onTimeout]?.value { onTimeout = policy }
    if case .count(let count)? = attributes[.retries]?.value { retries = count }
    if let value = attributes.limit(.delay)?.seconds { delay = value }
    every = attributes.limit(.every)?.seconds
    self.for = attributes.limit(.for)?.seconds
    if case .errorPolicy(let policy)? = attributes[.onError]?.value { onError = policy }
    if attributes.has(.continueOnError) { onError = .continue }
    if let value = attributes.text(.host) { host = value }
    hosts = attributes.text(.hosts)
    if hosts != nil { host = nil }
    if case .count(let count)? = attributes[.forks]?.value { forks = count }
    if case .count(let count)? = attributes[.serial]?.value { serial = count }
    cwd = attributes.template(.cwd)
    if case .interpreter(let value)? = attributes[.interpreter]?.value { interpreter = value }
    if case .truth(let value)? = attributes[.strict]?.value { isStrict = value }
    if case .condition(let value)? = attributes[.if]?.value { condition = value }
    confirm = attributes.template(.confirm)
    capture = attributes.text(.capture)
    isInteractive = attributes.has(.interactive)
  }

  private mutating func applyDefaults(_ settings: Settings, _ request: PlanRequest) {
    timeout =
      request.choices.timeout ?? Self.environmentTimeout(request) ?? settings.timeout ?? timeout
    idle = settings.idle ?? idle
    grace = settings.grace ?? grace
    onTimeout = request.choices.onTimeout ?? settings.onTimeout
    onError = request.choices.continuesOnError ? .continue : settings.onError ?? onError
    host = settings.host
    isStrict = settings.strict ?? isStrict
  }

  private static func environmentTimeout(_ request: PlanRequest) -> TimeLimit? {
    (request.environment["RUNBOOK_TIMEOUT"] ?? request.environment[TimeLimit.parameter])
      .flatMap { TimeLimit($0) }
  }
}

extension AttributeSet {
  fileprivate func limit(_ name: AttributeName) -> TimeLimit? {
    if case .limit(let limit)? = self[name]?.value { limit } else { nil }
  }

  fileprivate func text(_ name: AttributeName) -> String? {
    if case .text(let text)? = self[name]?.value { text } else { nil }
  }

  func template(_ name: AttributeName) -> Template? {
    if case .template(let template)? = self[name]?.value { template } else { nil }
  }
}
