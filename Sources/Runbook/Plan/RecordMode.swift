/// Where a run leaves its record.
public enum RecordMode: String, Sendable, Codable, CaseIterable {
  /// In the note that was run.
  case inPlace = "in-place"
  /// In a note of its own under `Runs/`.
  case note
  case both
  case none
}
