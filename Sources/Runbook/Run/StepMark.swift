/// The environment variable that all of an attempt's processes carry unless they drop it.
enum StepMark {
  static let name = "RUNBOOK_ATTEMPT"

  /// The folder is the attempt's own for ever, so its path is a mark that every later runner knows too.
  static func entry(of folder: StepFolder) -> String { "\(name)=\(folder.path)" }
}
