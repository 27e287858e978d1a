/// What a run looks like in notes. Pure; the record room has it.
public protocol RunRendering: Sendable {
  /// A note with the run's marks in it, made from what the note says now.
  ///
  /// - Parameter record: the name of the run's record note, where there is one.
  func annotated(
    _ bytes: [UInt8], _ state: RunState, _ logs: [StepLog], record: String?
  ) -> RenderedNote

  /// The name, without folder and `.md`, and the text of the record note.
  ///
  /// - Parameters:
  ///   - note: that was run.
  ///   - baseline: the last run of the note that went well.
  ///   - tools: what it ran with here.
  func recordNote(
    _ state: RunState, _ logs: [StepLog], refusals: [String], note: NoteLink,
    baseline: RunBaseline?,
    tools: ToolVersions
  ) -> (name: String, bytes: [UInt8])

  /// Whether a note is the record of that run, and of this end of it.
  func isRecord(_ bytes: [UInt8], of state: RunState) -> Bool

  /// What a record note says other than the run's journal, in words.
  func disagreements(_ record: [UInt8], _ state: RunState, note: NoteLink) -> [String]
}

/// A note's new bytes, and what could not be written into it and why.
public struct RenderedNote: Sendable, Equatable {
  public let bytes: [UInt8]
  public let refusals: [String]

  public init(bytes: [UInt8], refusals: [String]) {
    self.bytes = bytes
    self.refusals = refusals
  }
}
