/// A file that was the note until it was swapped out, and that an editor may still write to.
struct HeldFile {
  let file: OpenFile
  /// Its dot-file; nil where it has no name any more (the file system has no exchange).
  var name: String?
  /// Its bytes as far as they are in the note.
  var known: [UInt8]
  /// Which of the user's texts `known` is: while the note is still made from the same, a change here can go into it.
  var lineage: Int
  /// When it was swapped out.
  let since = MonotonicTime.now
}
