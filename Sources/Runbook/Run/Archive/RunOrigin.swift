/// Of which note a run is: as much of its header as tells which run is meant.
struct RunOrigin: Decodable {
  /// The real path of the note.
  let note: String
  let place: NotePlace?

  /// The root of the vault that the note is in by now, else the note's folder.
  var root: String {
    let folder = place?.vault ?? FilePath.folder(of: note)
    return Vault.markedFolder(above: folder) ?? folder
  }
}
