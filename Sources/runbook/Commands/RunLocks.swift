import Runbook

/// What a run holds while it lasts.
struct RunLocks {
  let note: NoteLock
  /// The front matter's `lock:`, shared by all notes that name it.
  let shared: NoteLock?

  var all: [NoteLock] { [note] + (shared.map { [$0] } ?? []) }

  /// The descriptors at which a detached runner finds them.
  private static let firstDescriptor = Detachment.firstLockDescriptor

  /// Nil where they were not handed on.
  static func inherited(_ plan: Plan) -> RunLocks? {
    guard let note = NoteLock.inherited(firstDescriptor) else { return nil }
    guard plan.settings.lock != nil else { return RunLocks(note: note, shared: nil) }
    guard let shared = NoteLock.inherited(firstDescriptor + 1) else { return nil }
    return RunLocks(note: note, shared: shared)
  }
}
