/// The front matter properties that a run owns in a note.
enum RunProperty {
  static let names = [
    "run_status", "run_started", "run_seconds", "run_steps", "run_failed", "run_id",
  ]
}
