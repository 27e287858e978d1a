/// A note with a run's marks in it, and what could not be written in place.
public struct Insertion: Sendable, Equatable {
  public enum Part: Sendable, Equatable {
    case note
    case region
    case properties
    /// The item's index in `Note.tasks`.
    case item(Int)
  }

  public struct Refusal: Sendable, Equatable {
    public let part: Part
    /// In plain words, for the record note.
    public let reason: String
  }

  public let bytes: [UInt8]
  public let refusals: [Refusal]
}
