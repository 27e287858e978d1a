import Runbook

/// `new --from FILE NOTE`.
struct NoteImport {
  let file: String
  let note: String?

  func run() throws {}
}
