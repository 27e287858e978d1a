/// The runner's word on the deadline, as far as it was passed on.
struct FleetLimit {
  private var known: Double?

  /// Whether it was changed since the last look by more than the time that looking takes.
  mutating func isNew(in folder: StepFolder) -> Bool {
    guard let bytes = try? WholeFile.read(folder.limit, limit: 64),
      let at = Double(String(decoding: bytes, as: UTF8.self)), at != known
    else { return false }
    let before = known
    known = at
    return before.map { abs($0 - at) > 1 } ?? true
  }
}
