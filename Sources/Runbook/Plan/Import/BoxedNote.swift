/// Gives the blocks of a Markdown note (a README, one of runme's) boxes, so that it is a runbook. Only lines are added
/// and indented: its text stays as it is.
public struct BoxedNote {
  private let note: Note
  private let file: String
  /// From the new note's folder to the old one's, in which its blocks were meant to run; nil where they are one.
  private let folder: String?
  private let paths: HeadingPaths
  private let undoSections: Set<Int>
  private let eol: [UInt8]
  private var splices: [Splice] = []
  private var notices: [ImportNotice] = []
  private var titles: [String: Int] = [:]
  /// Items that have their box by now.
  private var boxed: Set<Int> = []
  private var hasStep: Bool

  /// - Throws: `NoteProblem` where it is no note that can be read, or nothing in it runs.
  public static func make(
    _ bytes: [UInt8], file: String, folder: String?
  ) throws(NoteProblem) -> ImportedNote {
    var boxed = BoxedNote(note: try Note(bytes), file: file, folder: folder)
    if let problem = boxed.note.problems.first { throw problem }
    return try boxed.make()
  }

  private init(note: Note, file: String, folder: String?) {
    self.note = note
    self.file = file
    self.folder = folder
    paths = HeadingPaths(note)
    undoSections = UndoTitle.sections(of: note)
    let ending = note.lines.ending(of: 0)
    eol = ending.isEmpty ? [10] : Array(note.bytes[ending])
    hasStep = !note.tasks.isEmpty
  }

  private mutating func make() throws(NoteProblem) -> ImportedNote {
    frontMatter()
    for task in note.tasks {
      point(task.line, "a box that was there already: it is a step, by hand where it has no block")
    }
    for fence in note.fences where fence.task == nil { take(fence) }
    guard hasStep else {
      throw NoteProblem(
        "nothing in this note could run", at: 0..<0,
        fix:
          "fences of sh, bash, python and the like run; give the ones that are to run their language"
      )
    }
    notices.sort { $0.line < $1.line }
    splices += ending()
    let sorted = splices.sorted { $0.range.lowerBound < $1.range.lowerBound }
    return ImportedNote(bytes: note.applying(sorted), notices: notices)
  }

  private mutating func point(_ line: Int, _ message: String) {
    notices.append(ImportNotice(line: line + 1, message: message))
  }

  /// What to look at, at the end of the note.
  private func ending() -> [Splice] {
    guard !notices.isEmpty else { return [] }
    let end = note.bytes.count
    let isOpen = note.lines.ending(of: note.lines.count - 1).isEmpty && note.bytes.last != 10
    let lines =
      (isOpen ? ["", ""] : [""]) + ["## To look at", ""]
      + notices.map { "- Line \($0.line) of \(PlainText.line(file)): \($0.message)" }
    return [
      Splice(end..<end, Array((lines.joined(separator: "\n") + "\n").utf8).lines(ending: eol))
    ]
  }

  // MARK: Front matter

  private mutating func frontMatter() {
    let cwd = folder.map { "cwd: \(PropertyText.setting($0))" }
    guard let front = note.frontMatter else {
      let lines = ["---", "tags: [runbook]"] + (cwd.map { [$0] } ?? []) + ["---", ""]
      let start = note.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      insert(lines, at: start)
      return
    }
    var lines: [String] = []
    if front.entries.contains(where: { $0.key == "tags" || $0.key == "tag" }) {
      if !note.tags.contains("runbook") {
        point(0, "add the tag runbook, by which `check` finds the note")
      }
    } else {
      lines.append("tags: [runbook]")
    }
    let hasFolder = front.entries.contains { $0.key == "cwd" }
    if let cwd, !hasFolder { lines.append(cwd) }
    guard !lines.isEmpty else { return }
    if front.isExtensible {
      insert(lines, at: note.lines.full(of: front.closingLine).lowerBound)
    } else {
      point(0, "add to the front matter: \(lines.joined(separator: ", "))")
    }
  }

  private mutating func insert(_ lines: [String], at offset: Int) {
    let text = lines.map { $0 + "\n" }.joined()
    splices.append(Splice(offset..<offset, Array(text.utf8).lines(ending: eol)))
  }

  // MARK: Fences

  private mutating func take(_ fence: Fence) {
    let language = note.text(fence.language).lowercased()
    switch FenceUse(note, fence) {
    case .documentation:
      if fence.language.isEmpty, fence.attributes.isEmpty {
        point(
          fence.line, "a fence without a language does not run: name one, such as bash, if it is to"
        )
      } else if ["console", "shell-session", "sh-session", "terminal"].contains(language) {
        point(fence.line, "“\(language)” does not run: write its commands into a fence of bash")
      }
    case .mistaken(let problem):
      point(fence.line, "kept as text: \(problem.message)")
      keepAsText(fence)
    case .runnable: place(fence)
    }
  }

  private mutating func place(_ fence: Fence) {
    if let heading = paths.chain(at: fence.line).last(where: { undoSections.contains($0.line) }) {
      point(
        fence.line, "“\(heading.text)” tells how to go back: make it a `rollback` block of its step"
      )
      return keepAsText(fence)
    }
    if hasPrompts(fence) {
      point(fence.line, "lines that begin with “$ ” are no commands: kept as text")
      return keepAsText(fence)
    }
    if let item = itemAround(fence) {
      guard giveBox(to: item) else {
        point(fence.line, "the list item has no text that could be a step's: kept as text")
        return keepAsText(fence)
      }
    } else if note.blocks[fence.block].parent == nil {
      wrap(fence)
    } else {
      point(fence.line, "a block inside a quote: kept as text")
      return keepAsText(fence)
    }
    hasStep = true
    cleanAttributes(fence)
    pointOutShared(fence)
  }

  /// Nil for a fence outside lists.
  private func itemAround(_ fence: Fence) -> Int? {
    var block = note.blocks[fence.block].parent
    while let index = block {
      if note.blocks[index].kind == .item { return index }
      block = note.blocks[index].parent
    }
    return nil
  }

  private mutating func giveBox(to item: Int) -> Bool {
    guard !boxed.contains(item) else { return true }
    guard
      let text = note.blocks.first(where: { $0.parent == item }), text.kind == .paragraph,
      text.line == note.blocks[item].line
    else { return false }
    boxed.insert(item)
    splices.append(Splice(text.start..<text.start, Array("[ ] ".utf8)))
    return true
  }

  /// A step of its own: a box above, and the fence below it.
  private mutating func wrap(_ fence: Fence) {
    let last = fence.closingLine ?? fence.contentLines.upperBound - 1
    if fence.closingLine == nil { close(fence, behind: max(fence.line, last)) }
    insert(["- [ ] \(title(of: fence))"], at: note.lines.full(of: fence.line).lowerBound)
    for line in fence.line...max(fence.line, last) where !note.lines.content(of: line).isEmpty {
      let start = note.lines.content(of: line).lowerBound
      splices.append(Splice(start..<start, [0x20, 0x20]))
    }
  }

  /// A fence that ends with the note would be refused.
  private mutating func close(_ fence: Fence, behind line: Int) {
    let opening = note.bytes[note.lines.content(of: fence.line)].drop { $0 == 0x20 }
    let marks = opening.prefix { $0 == opening.first }
    let ending = note.lines.ending(of: line)
    let text = [0x20, 0x20] + marks
    splices.append(
      Splice(
        ending.upperBound..<ending.upperBound, ending.isEmpty ? eol + text : text + eol))
  }

  /// Only in shells: Python has `>>> `, and is not run line by line.
  private func hasPrompts(_ fence: Fence) -> Bool {
    guard Interpreter.shells.contains(note.text(fence.language).lowercased()) else { return false }
    return fence.code.split(separator: 10).contains { $0.starts(with: "$ ".utf8) }
  }

  // MARK: Titles

  private mutating func title(of fence: Fence) -> String {
    let path = paths.path(at: fence.line)
    let heading = path.last.flatMap { StepTitle.cleaned($0) }
    let isFirst = heading.map { titles["\(path) \($0)"] == nil } ?? false
    let title =
      name(of: fence) ?? lead(of: fence) ?? (isFirst ? heading : nil) ?? command(of: fence)
      ?? heading ?? "Run this"
    let key = "\(path) \(title)"
    titles[key, default: 0] += 1
    let count = titles[key] ?? 1
    return count == 1 ? title : "\(title) (\(count))"
  }

  /// runme's `{name=build}`.
  private func name(of fence: Fence) -> String? {
    attributes(of: fence).first { $0.name == "name" }?.value.flatMap { StepTitle.ofFunction($0) }
  }

  /// A short line above that ends in a colon.
  private func lead(of fence: Fence) -> String? {
    guard
      let above = note.blocks.last(where: {
        $0.kind == .paragraph && $0.parent == nil && $0.lastLine < fence.line
      }), above.lastLine >= fence.line - 2, above.line == above.lastLine
    else { return nil }
    let text = note.text(note.lines.content(of: above.line)).trimmingSpaces
    return text.hasSuffix(":") && text.count <= 80 ? StepTitle.cleaned(text) : nil
  }

  private func command(of fence: Fence) -> String? {
    let lines = fence.code.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    return lines.first { !$0.hasPrefix("#") && !$0.hasPrefix("set ") }.flatMap {
      StepTitle.cleaned($0.filter { $0 != "\"" })
    }
  }

  // MARK: Attributes

  private func attributes(of fence: Fence) -> [Attribute] {
    (try? AttributeReader.read(note.bytes, fence.attributes)) ?? []
  }

  /// Those of other tools go; a flag with a value is written as one without.
  private mutating func cleanAttributes(_ fence: Fence) {
    let all = attributes(of: fence)
    let isStrange: (Attribute) -> Bool = { attribute in
      guard let name = AttributeName(written: attribute.name) else {
        return !AttributeName.isPassedOver(attribute.name)
      }
      return name == .interactive || name.isFlag && attribute.value != nil
    }
    guard all.contains(where: isStrange) else { return }
    var kept: [String] = []
    for attribute in all {
      if !isStrange(attribute) {
        kept.append(
          attribute.value.map { "\(attribute.name)=\(Self.quoted($0))" } ?? attribute.name)
      } else if let name = AttributeName(written: attribute.name), name != .interactive {
        if attribute.value == "true" { kept.append(name.rawValue) }
      } else if attribute.value != "false", attribute.name != "id" {
        point(fence.line, "“\(attribute.name)” means something else here, and is left out")
      }
    }
    let text = kept.isEmpty ? "" : " {\(kept.joined(separator: " "))}"
    let range = fence.language.upperBound..<fence.attributes.upperBound
    splices.append(Splice(range, Array(text.utf8)))
  }

  private static func quoted(_ value: String) -> String {
    let isPlain =
      !value.isEmpty && value.allSatisfy { $0.isLetter || $0.isNumber || "_-./$@:".contains($0) }
    guard !isPlain else { return value }
    return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private mutating func keepAsText(_ fence: Fence) {
    let end = note.lines.content(of: fence.line).upperBound
    let start = fence.language.isEmpty ? fence.info.lowerBound : fence.language.upperBound
    splices.append(Splice(start..<max(start, end), Array(" {ignore}".utf8)))
  }

  /// Blocks of a README are typed into one shell; here each has its own.
  private mutating func pointOutShared(_ fence: Fence) {
    guard Interpreter.shells.contains(note.text(fence.language).lowercased()),
      let shell = try? ShellParser.read(fence.code)
    else { return }
    let names = shell.commands.filter { !$0.isApart && $0.function == nil }.compactMap(\.name)
    if names.contains("cd") {
      point(fence.line, "`cd` counts in this block only: give those below their folder with cwd=")
    }
    if names.contains("export")
      || shell.assignments.contains(where: { !$0.isApart && $0.function == nil })
    {
      point(
        fence.line, "variables set here are unknown to the blocks below: use params or capture=")
    }
  }
}

extension [UInt8] {
  /// With other line ends.
  fileprivate func lines(ending eol: [UInt8]) -> [UInt8] {
    eol == [10] ? self : flatMap { $0 == 10 ? eol : [$0] }
  }
}
