/// The names that sync tools give to the loser of a conflict. Such a file is not the note: nobody means to run it.
enum ConflictedCopy {
  /// Ours: `Deploy (conflict 2026-08-21 140210).md`.
  static func name(for noteName: String, stamp: String, number: Int) -> String {
    let title = NoteName.shortened(NoteName.title(of: noteName), bytes: 200)
    let ordinal = number > 1 ? " \(number)" : ""
    return "\(title) (conflict \(stamp)\(ordinal)).md"
  }

  /// The name of the note that a conflicted copy is of, with `.md`; nil for any other file.
  static func original(of fileName: String) -> String? {
    guard mayBeOne(fileName) else { return nil }
    let title = NoteName.title(of: fileName)
    for pattern in patterns {
      guard let match = title.firstRange(of: pattern) else { continue }
      let base = title[..<match.lowerBound]
      if !base.isEmpty { return base + ".md" }
    }
    return nil
  }

  /// Whether it has what conflict, conflit and Konflikt have in common: few names do, and patterns take their time.
  private static func mayBeOne(_ fileName: String) -> Bool {
    let bytes = Array(fileName.utf8)
    guard bytes.count >= common.count else { return false }
    return (0...(bytes.count - common.count)).contains { start in
      common.indices.allSatisfy { bytes[start + $0] | 0x20 == common[$0] }
    }
  }

  private static let common = Array("onfli".utf8)

  private static var patterns: [Regex<Substring>] {
    [
      // Syncthing: `Deploy.sync-conflict-20260821-140210-ABCDEFG`.
      /\.sync-conflict-\d{8}-\d{6}.*$/,
      // Dropbox, Nextcloud, ownCloud, pCloud, and ours: `(ana's conflicted copy 2026-08-21)`, in their languages.
      /\s*\([^()]*\b(?i:conflicted copy|case conflict|conflict|copie en conflit|in Konflikt stehende Kopie|copia en conflicto|conflitto)\b[^()]*\)/,
      // Obsidian Sync: `Deploy (Conflicted copy laptop 202608211402)`; older, and others: `Deploy_conflict-20260821-140210`.
      /[_.-](?i:conflict)[_-]\d{8}.*$/,
      // Google Drive, Resilio: `Deploy [conflict]`, `Deploy.Conflict`.
      /\s*\[(?i:conflict)[^\[\]]*\]/,
      /\.(?i:conflict)\d*$/,
    ]
  }
}
