/// Where offsets of a note come to lie after splices; asked in rising order, so that the whole walk is linear.
struct Shift {
  private let splices: [Splice]
  private var next = 0
  private var moved = 0
  private var latest = 0

  init(_ splices: [Splice]) { self.splices = splices }

  mutating func map(_ offset: Int) -> Int {
    if offset < latest {
      next = 0
      moved = 0
    }
    latest = offset
    while next < splices.count,
      splices[next].range.lowerBound < offset
        || splices[next].range.isEmpty && splices[next].range.lowerBound == offset
    {
      moved += splices[next].replacement.count - splices[next].range.count
      next += 1
    }
    return offset + moved
  }
}
