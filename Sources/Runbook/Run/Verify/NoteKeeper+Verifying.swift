extension NoteKeeper {
  /// What the run's record and its note say other than its journal. Nothing is written.
  ///
  /// - Parameter isLatest: the note has the marks of this run, and of no later one.
  func disagreements(_ state: RunState, isLatest: Bool) -> [RunVerification.Finding] {
    var found: [RunVerification.Finding] = []
    let record = writesRecord ? recordFile(of: state) : nil
    if writesRecord { found += recordFindings(record, state) }
    if writesInPlace, isLatest { found += noteFindings(state, record) }
    return found
  }

  /// Where the run wrote it, or where somebody moved it to.
  private func recordFile(of state: RunState) -> NoteFile? {
    let own = renderer.recordNote(
      state, [], refusals: [], note: link, baseline: nil, tools: ToolVersions())
    if let file = try? written(recordPath(own.name), state) { return file }
    guard let shelf = try? RecordShelf(vault) else { return nil }
    let name = NoteName.cleaned(own.name)
    return shelf.records.lazy.filter { $0.title.hasPrefix(name) }
      .compactMap { try? NoteFile(path: FilePath.join(self.vault.root, $0.path)) }
      .first { (try? $0.read().bytes).map { self.renderer.isRecord($0, of: state) } ?? false }
  }

  private func recordFindings(_ file: NoteFile?, _ state: RunState) -> [RunVerification.Finding] {
    guard let file, let bytes = try? file.read().bytes else {
      return [RunVerification.Finding(part: .record, message: "its record is not in the vault")]
    }
    return renderer.disagreements(bytes, state, note: link).map {
      RunVerification.Finding(part: .record, message: "\($0) (\(file.path))")
    }
  }

  private func noteFindings(
    _ state: RunState, _ record: NoteFile?
  ) -> [RunVerification.Finding] {
    guard let bytes = try? file.read().bytes else {
      return [RunVerification.Finding(part: .note, message: "\(file.path) can't be read")]
    }
    let logs = excerpts(state, head: 0, tail: plan.settings.logLines)
    let rendered = renderer.annotated(bytes, state, logs, record: record?.title)
    guard rendered.bytes != bytes else { return [] }
    let (lines, own) = (LineTable(bytes), LineTable(rendered.bytes))
    let line = (0..<min(lines.count, own.count)).first {
      bytes[lines.content(of: $0)] != rendered.bytes[own.content(of: $0)]
    }
    let place = "\(file.path):\((line ?? min(lines.count, own.count)) + 1)"
    return [
      RunVerification.Finding(
        part: .note, message: "\(place): the marks are not what the journal says")
    ]
  }
}
