/// What libyaml's parser says, in Swift. Ranges are bytes of the note.
struct YAMLEvent {
  enum Kind {
    case scalar(String, isPlain: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart(isBlock: Bool, column: Int)
    case mappingEnd
    case documentStart
    case refused(String)
  }

  let kind: Kind
  let range: Range<Int>
}
