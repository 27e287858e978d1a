/// Sees whether a block still prints.
struct OutputGrowth {
  private var size: Int64 = -1
  private var since: Double = 0

  /// Starts anew with a block.
  mutating func begin(at uptime: Double) {
    size = -1
    since = uptime
  }

  /// Since when nothing was printed, by the run's clock.
  mutating func silentSince(_ folder: StepFolder, at uptime: Double) -> Double {
    let now = (WholeFile.size(folder.log) ?? 0) + (WholeFile.size(folder.output) ?? 0)
    if now != size {
      size = now
      since = uptime
    }
    return since
  }
}
