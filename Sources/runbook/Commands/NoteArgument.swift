#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `NOTE.md`, or `NOTE.md#Heading` for one section of it.
struct NoteArgument: Equatable {
  let path: String
  let section: String?

  /// A `#` may also be part of a file's name: a file that is there wins.
  init(_ text: String) {
    guard access(text, F_OK) != 0, let hash = text.range(ofText: ".md#") else {
      path = text
      section = nil
      return
    }
    path = String(text[..<text.index(before: hash.upperBound)])
    let heading = String(text[hash.upperBound...])
    section = heading.isEmpty ? nil : heading
  }
}

extension String {
  fileprivate func range(ofText needle: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      start = index(after: start)
    }
    return nil
  }
}
