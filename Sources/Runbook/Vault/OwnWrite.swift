/// What a write of ours was made from, and what it put into the note.
struct OwnWrite {
  let source: [UInt8]
  let result: [UInt8]
}
