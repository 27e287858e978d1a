/// The names that blocks of a note capture, read before anything else: a block above may not use a later one's.
enum CaptureNames {
  static func of(_ note: Note) -> Set<String> {
    var names: Set<String> = []
    for fence in note.fences {
      guard case .runnable(let use) = FenceUse(note, fence), let range = use.attributes,
        let attributes = try? AttributeReader.read(note.bytes, range)
      else { continue }
      for attribute in attributes where AttributeName(written: attribute.name) == .capture {
        if let value = attribute.value { names.insert(value) }
      }
    }
    return names
  }
}
