/// Looks for forms of secrets in bytes.
struct SecretScan {
  enum Extent: Equatable {
    case nothing
    /// With where it ends.
    case matched(Int)
    /// What it is depends on what follows.
    case open
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// Nothing follows them.
  let isWhole: Bool

  /// How far a form reaches that begins there, in whichever spelling reaches farthest.
  func extent(of form: SecretForm, at start: Int) -> Extent {
    var places = Places(start)
    var isOpen = false
    for (number, part) in form.parts.enumerated() {
      var next = Places()
      places.forEach { place in
        let isCut = ends(of: part, from: place, number == 0 ? nil : form.gaps, &next)
        isOpen = isOpen || isCut
      }
      if next.isEmpty {
        if isOpen { return .open }
        let isEnough = form.hasOptionalEnd && number == form.parts.count - 1
        return isEnough ? .matched(places.last) : .nothing
      }
      places = next
    }
    if isOpen { return .open }
    return form.gaps == .blanks ? endOfDump(places.last) : .matched(places.last)
  }

  /// Where a part may end that begins at a place, or behind a gap there.
  ///
  /// - Parameter gaps: nil where the part is the first.
  /// - Returns: whether it depends on what follows.
  private func ends(
    of part: SecretForm.Part, from place: Int, _ gaps: SecretForm.Gaps?, _ ends: inout Places
  ) -> Bool {
    guard place < bytes.count else { return !isWhole }
    var isOpen = match(part, at: place, &ends)
    guard let gaps, Self.mayBeGap[Int(bytes[place])] else { return isOpen }
    let isCut = forEachEnd(ofGap: gaps, at: place) { end in
      if match(part, at: end, &ends) { isOpen = true }
    }
    return isOpen || isCut
  }

  private func match(_ part: SecretForm.Part, at place: Int, _ ends: inout Places) -> Bool {
    guard place < bytes.count else { return !isWhole }
    if part.byte.contains(bytes[place]) { ends.insert(place + 1) }
    guard part.firsts.contains(bytes[place]) else { return false }
    var isOpen = false
    for spelling in part.spellings where spelling[0].contains(bytes[place]) {
      switch end(of: spelling, at: place) {
      case .matched(let end): ends.insert(end)
      case .open: isOpen = true
      case .nothing: break
      }
    }
    return isOpen
  }

  /// The first byte fits.
  private func end(of spelling: [ByteSet], at place: Int) -> Extent {
    end(of: spelling.dropFirst(), at: place + 1)
  }

  private func end(of letters: ArraySlice<ByteSet>, at start: Int) -> Extent {
    var index = start
    for (number, letter) in zip(letters.indices, letters) {
      if index < bytes.count, letter.contains(bytes[index]) {
        // The mark of a fold may be meant for itself.
        if Self.endOfBreak(bytes, index) == nil {
          index += 1
          continue
        }
        let asItself = end(of: letters[(number + 1)...], at: index + 1)
        if asItself != .nothing { return asItself }
      }
      switch endOfFold(index) {
      case .matched(let end):
        guard end < bytes.count else { return isWhole ? .nothing : .open }
        guard letter.contains(bytes[end]) else { return .nothing }
        index = end + 1
      case .open: return .open
      case .nothing: return .nothing
      }
    }
    return .matched(index)
  }

  /// A few places of a text in order; nearly always one.
  struct Places {
    private var first: Int?
    private var others: [Int] = []

    init(_ place: Int? = nil) { first = place }

    var isEmpty: Bool { first == nil }
    var last: Int { others.last ?? first ?? 0 }

    mutating func insert(_ place: Int) {
      guard let known = first else { return first = place }
      guard place != known, !others.contains(place) else { return }
      if place > last {
        others.append(place)
      } else {
        let all = ([known, place] + others).sorted()
        (first, others) = (all[0], Array(all.dropFirst()))
      }
    }

    func forEach(_ body: (Int) -> Void) {
      if let first { body(first) }
      for place in others { body(place) }
    }
  }
}
