/// What can be said of blocks on groups of hosts before the inventory is read.
struct FleetCheck {
  let settings: Settings
  /// Of an embedded note the inventory is the outer note's.
  let isEmbedded: Bool

  /// - Parameters:
  ///   - own: those of one block, or one step.
  ///   - isInGroup: it runs on one, by its own attributes or its step's.
  func refuse(_ own: AttributeSet, isInGroup: Bool, _ problems: inout DiagnosticCollector) {
    for name in [AttributeName.forks, .serial] where !isInGroup {
      guard let entry = own[name] else { continue }
      problems.error(
        "“\(name.rawValue)” is of a group of hosts, and this runs on none", at: entry.place,
        fix: "write hosts=GROUP, or remove it")
    }
    let isNamed = problems.note.frontMatter?.entries.contains {
      SettingName(written: $0.key) == .inventory
    }
    if let hosts = own[.hosts], !own.has(.host), settings.inventory == nil,
      isEmbedded || isNamed != true
    {
      problems.error(
        "hosts= needs an inventory of Ansible", at: hosts.place,
        fix:
          "for one server write host=\(hosts.source); a group needs inventory: and the inventory's path in the "
          + "front matter" + (isEmbedded ? " of the note that is run" : ""))
    }
  }

  /// A name has a value for each host, or one for all.
  static func refuseMixedCaptures(_ steps: [Step], _ problems: inout PlanProblems) {
    let blocks = Array(steps.lazy.flatMap(\.blocks).filter { $0.options.capture != nil })
    let ofGroups = Dictionary(
      blocks.filter(\.options.isFleet).compactMap { block in
        block.options.capture.map { ($0, block) }
      }, uniquingKeysWith: { first, _ in first })
    for block in blocks where !block.options.isFleet {
      guard let name = block.options.capture, let other = ofGroups[name] else { continue }
      let file = other.place.file == block.place.file ? "" : " of \(other.place.file)"
      problems.add(
        Diagnostic(
          .error,
          "\(name) is captured here once, and on line \(other.line)\(file) for each host of a group",
          at: block.place, fix: "capture under another name"))
    }
  }
}
