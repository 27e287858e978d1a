/// The commands of a `console` fence, each with what stands below it.
struct DocTranscript {
  struct Entry: Equatable {
    var command: String
    var output: String
  }

  var entries: [Entry] = []

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("$ ") {
        entries.append(Entry(command: String(line.dropFirst(2)), output: ""))
      } else if !entries.isEmpty {
        entries[entries.count - 1].output += line + "\n"
      }
    }
  }

  var text: String {
    entries.map { entry in
      let end = entry.output.isEmpty || entry.output.hasSuffix("\n") ? "" : "\n"
      return "$ \(entry.command)\n\(entry.output)\(end)"
    }.joined()
  }
}
