extension Plan {
  /// The plan as one JSON object with the diagnostics; secrets' values are left out.
  public func json(_ diagnostics: [Diagnostic]) throws -> String {
    try JSONText.encode(PlanJSON(plan: self, diagnostics: diagnostics))
  }

  /// The same object for what is no note: no steps, and why.
  public static func json(without file: String, _ diagnostic: Diagnostic) throws -> String {
    let plan = Plan(
      title: "", file: file, parameters: [], steps: [], settings: Settings(), executable: [])
    return try plan.json([diagnostic])
  }
}

private struct PlanJSON: Encodable {
  let title: String
  let note: String
  let digest: String
  let parameters: [String: ParameterJSON]
  let steps: [StepJSON]
  let diagnostics: [Diagnostic]

  init(plan: Plan, diagnostics: [Diagnostic]) {
    title = plan.title
    note = plan.file
    digest = plan.digest
    parameters = Dictionary(
      plan.parameters.map { ($0.name, ParameterJSON($0)) }, uniquingKeysWith: { first, _ in first })
    steps = plan.roots.map { StepJSON(plan, $0) }
    self.diagnostics = diagnostics
  }
}

private struct ParameterJSON: Encodable {
  let value: String?
  let source: ParameterSource
  let secret: Bool

  init(_ parameter: Parameter) {
    value = parameter.isSecret ? nil : parameter.value
    source = parameter.source
    secret = parameter.isSecret
  }
}

private struct StepJSON: Encodable {
  let number: String
  let id: StepID
  let title: String
  let file: String
  let line: Int
  let phase: String?
  let embeds: String?
  let manual: Bool
  let byHand: Bool
  let blocks: [BlockJSON]
  let children: [StepJSON]

  private enum Key: String, CodingKey {
    case number, id, title, file, line, phase, embeds, manual
    case byHand = "by_hand"
    case blocks, children
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(number, forKey: .number)
    try container.encode(id, forKey: .id)
    try container.encode(title, forKey: .title)
    try container.encode(file, forKey: .file)
    try container.encode(line, forKey: .line)
    // All keys are always there; `null` is a step above every heading.
    try container.encode(phase, forKey: .phase)
    try container.encode(embeds, forKey: .embeds)
    try container.encode(manual, forKey: .manual)
    try container.encode(byHand, forKey: .byHand)
    try container.encode(blocks, forKey: .blocks)
    try container.encode(children, forKey: .children)
  }

  init(_ plan: Plan, _ index: Int) {
    let step = plan.steps[index]
    number = step.number
    id = step.id
    title = step.title
    file = step.origin?.file ?? plan.file
    line = step.line
    phase = step.phase
    embeds = step.embeds?.file
    manual = step.isManual
    byHand = step.isByHand
    blocks = step.blocks.map(BlockJSON.init)
    children = step.children.map { StepJSON(plan, $0) }
  }
}

private struct BlockJSON: Encodable {
  let block: Block

  init(_ block: Block) { self.block = block }

  private enum Key: String, CodingKey {
    case role, language, line, timeout, host, hosts, code, attributes
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(block.role, forKey: .role)
    try container.encode(block.language, forKey: .language)
    try container.encode(block.line, forKey: .line)
    // `null` says that there is no deadline; a missing key would say nothing.
    if let seconds = block.options.timeout.seconds {
      try container.encode(seconds, forKey: .timeout)
    } else {
      try container.encodeNil(forKey: .timeout)
    }
    if let hosts = block.options.hosts {
      try container.encode(hosts, forKey: .hosts)
    } else {
      try container.encode(block.options.host ?? "localhost", forKey: .host)
    }
    try container.encode(String(decoding: block.code, as: UTF8.self), forKey: .code)
    try container.encode(block.attributes, forKey: .attributes)
  }
}
