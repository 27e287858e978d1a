extension RunFigures {
  enum Key: String, CodingKey {
    case name, runs, succeeded, rate, median, p90, trend, latest, status, steps
  }

  func encode(into container: inout KeyedEncodingContainer<Key>) throws {
    try container.encode(runs, forKey: .runs)
    try container.encode(succeeded, forKey: .succeeded)
    try container.encode(rate, forKey: .rate)
    try container.encode(median, forKey: .median)
    try container.encode(percentile90, forKey: .p90)
    try container.encode(trend, forKey: .trend)
  }
}

extension RunStatistics.Step: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: RunFigures.Key.self)
    try container.encode(name, forKey: .name)
    try figures.encode(into: &container)
  }
}

extension RunStatistics.Workflow: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: RunFigures.Key.self)
    try container.encode(name, forKey: .name)
    try figures.encode(into: &container)
    try container.encode(latest, forKey: .latest)
    try container.encode(status, forKey: .status)
    try container.encode(steps, forKey: .steps)
  }
}
