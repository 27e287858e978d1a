/// The inline fields that stand on a step's line: `[took:: 12.4s] · [at:: 14:02:11]` for plain success, else
/// `[result:: failed] · [exit:: 23] · [took:: 3.1s] · [at:: 14:02:24]`.
public struct ItemGroup: Sendable, Equatable {
  /// Nil for plain success.
  public var result: ResultWord?
  /// The exit status, where it is known and the result isn't plain success.
  public var exit: Int?
  /// Seconds.
  public var took: Double?
  /// `HH:MM:SS`, or `YYYY-MM-DD HH:MM:SS` where the day isn't the run's.
  public var at: String

  public init(result: ResultWord? = nil, exit: Int? = nil, took: Double? = nil, at: String) {
    self.result = result
    self.exit = exit
    self.took = took
    self.at = at
  }

  /// The text, without the space that goes before it; nil where `at` hasn't one of its two forms.
  public var rendered: String? {
    guard ItemGroupGrammar.isTime(Array(at.utf8)[...]) else { return nil }
    var parts: [String] = []
    // Success is told by its duration. Where none is known it needs a word.
    if let word = result ?? (took == nil ? .done : nil) {
      parts.append("[result:: \((word == .ok ? .done : word).rawValue)]")
      if let exit { parts.append("[exit:: \(exit)]") }
    }
    if let took { parts.append("[took:: \(DurationText.render(seconds: took))]") }
    parts.append("[at:: \(at)]")
    return parts.joined(separator: " · ")
  }
}
