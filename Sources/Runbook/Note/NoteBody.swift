/// What stands in a note's body, read from its blocks.
struct NoteBody {
  let blocks: [MarkdownBlock]
  let headings: [Heading]
  let tasks: [TaskItem]
  let fences: [Fence]
  let comments: NoteComments
  let problems: [NoteProblem]

  init(_ bytes: [UInt8], _ lines: LineTable, _ raw: [RawBlock]) {
    let reader = BlockReader(bytes: bytes, lines: lines, raw: raw)
    self.blocks = reader.blocks
    comments = NoteComments(bytes, lines, reader.blocks)
    let hidden = HiddenRanges(ranges: comments.comments)
    let found = TaskReader(bytes: bytes, lines: lines, blocks: reader.blocks, hidden: hidden).read()
    tasks = found.tasks
    let text = BlockText(bytes: bytes, lines: lines)
    headings = reader.blocks.enumerated().compactMap { index, block in
      hidden.contains(block.start) ? nil : text.heading(block, index)
    }
    let blocks = reader.blocks
    fences = reader.fences.compactMap { fence in
      let block = blocks[fence.block]
      guard !hidden.contains(block.start) else { return nil }
      return text.fence(fence, block, task: found.nearest[fence.block])
    }
    problems = CommentProblems(bytes: bytes, lines: lines, comments: comments)
      .problems(hiddenTasks: found.hidden, tasks: tasks, fences: fences)
  }
}
