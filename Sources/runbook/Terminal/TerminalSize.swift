#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Columns and rows of a terminal.
struct TerminalSize: Sendable, Equatable {
  var columns: Int
  var rows: Int

  /// What a terminal is taken for that doesn't say its size: serial lines, some `docker exec -t`.
  static let usual = TerminalSize(columns: 80, rows: 24)

  /// The columns that standard output has; nil where it is no terminal.
  static var columnsOfOutput: Int? { isatty(1) == 1 ? of(1).columns : nil }

  static func of(_ descriptor: Int32) -> TerminalSize {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return usual }
    return TerminalSize(
      columns: size.ws_col == 0 ? usual.columns : Int(size.ws_col),
      rows: size.ws_row == 0 ? usual.rows : Int(size.ws_row))
  }
}
