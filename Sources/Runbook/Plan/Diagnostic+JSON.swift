extension Diagnostic: Encodable {
  private enum Key: String, CodingKey {
    case severity, file, line, column, message, fix
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(severity, forKey: .severity)
    try container.encode(file, forKey: .file)
    try container.encode(line, forKey: .line)
    try container.encode(column, forKey: .column)
    try container.encode(message, forKey: .message)
    try container.encodeIfPresent(fix, forKey: .fix)
  }
}
