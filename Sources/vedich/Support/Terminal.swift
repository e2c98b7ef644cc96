import Foundation

/// What is known of the terminal that standard output goes to.
enum Terminal {
  /// Columns: `COLUMNS` if it is a number, else those of the terminal, else 100.
  static var width: Int {
    let environment = ProcessInfo.processInfo.environment
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    return windowColumns() ?? 100
  }

  /// Colour only on a terminal, and never when `NO_COLOR` is set and not empty.
  static var usesColour: Bool {
    let isRefused = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    return isatty(STDOUT_FILENO) == 1 && !isRefused
  }

  private static func windowColumns() -> Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }
}
