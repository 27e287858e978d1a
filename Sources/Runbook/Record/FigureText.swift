/// Figures as people read them, in tables of `stats`.
public enum FigureText {
  public static func duration(_ seconds: Double?) -> String {
    seconds.map { DurationText.render(seconds: $0) } ?? "–"
  }

  /// `97 %`
  public static func share(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  /// `+12 %`
  public static func change(_ change: Double?) -> String {
    guard let change else { return "–" }
    let percent = Int((min(max(change, -1), 1e6) * 100).rounded())
    return percent < 0 ? "−\(-percent) %" : percent > 0 ? "+\(percent) %" : "0 %"
  }

  /// `2026-08-21 14:02`
  public static func moment(_ started: String) -> String {
    String(MarkText.title(started).prefix(16)).replacing("T", with: " ")
  }
}
