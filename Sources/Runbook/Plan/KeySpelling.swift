/// Tells a misspelt key of ours from a property that the user keeps for himself.
enum KeySpelling {
  /// The setting that was meant; nil for a key that is somebody's own.
  static func meant(by key: String) -> String? {
    let written = String(key.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard !ownWords.contains(written) else { return nil }
    if let known = otherWords[written] { return known }
    if names.contains(written) { return written }
    // The first letter is rarely mistyped, and `clock` or `most` are words of their own.
    let squeezed = written.filter { $0 != "_" }
    if let same = squeezedNames[squeezed] { return same }
    guard let near = Spelling.nearest(to: written, among: names), near.first == written.first
    else { return nil }
    return near
  }

  private static let names = SettingName.allCases.map(\.rawValue)
  /// By what is left of them without `_`.
  private static let squeezedNames = Dictionary(
    names.map { ($0.filter { $0 != "_" }, $0) }, uniquingKeysWith: { first, _ in first })

  private static let otherWords = [
    "param": "params", "parameters": "params", "parameter": "params", "secret": "secrets",
    "environment": "env", "hosts": "host", "working_directory": "cwd", "workdir": "cwd",
    "on_failure": "on_error", "step": "steps",
  ]

  /// Ordinary property names that are one slip away from ours.
  private static let ownWords: Set<String> = [
    "note", "notes", "notice", "end", "inv", "records", "recorded", "rec", "code", "grade",
    "grades", "shelf", "spell", "look", "luck", "loc", "en", "ev", "ens", "eng", "hot", "hour",
    "hours", "post", "cost", "timeline", "script", "scripts", "street", "district",
    "strike", "stops", "stems", "steppe", "ideal", "idea", "idle_time",
  ]
}
