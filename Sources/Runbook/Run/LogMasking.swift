#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Replaces the raw logs of a run that hold secrets by masked ones, once the run has ended.
public enum LogMasking {
  /// - Returns: what went wrong, in words.
  public static func apply(_ mask: SecretMask, to state: RunState, in folder: RunFolder) -> [String]
  {
    guard !mask.isEmpty else { return [] }
    var problems: [String] = []
    for attempt in state.blocks.values.flatMap(\.attempts) where !attempt.folder.isEmpty {
      let files = folder.step(attempt.folder)
      for path in [files.log, files.output] {
        do {
          try replace(path, mask)
        } catch {
          problems.append("a log that may hold a secret could not be masked: \(error)")
        }
      }
    }
    return problems
  }

  private static func replace(_ path: String, _ mask: SecretMask) throws(SystemError) {
    guard let size = WholeFile.size(path), size > 0 else { return }
    let bytes = try WholeFile.read(path)
    let masked = mask.mask(bytes)
    guard masked != bytes else { return }
    let draft = path + ".masked"
    unlink(draft)
    try WholeFile.write(masked, to: draft, mode: 0o600)
    guard rename(draft, path) == 0 else { throw SystemError("rename", path: path) }
  }
}
