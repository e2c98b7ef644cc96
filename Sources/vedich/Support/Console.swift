import Foundation
import Reports

/// What goes to the terminal beside data: everything to standard error, progress only where somebody watches.
enum Console {
  /// Whether standard error is a terminal.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes data to standard output; a reader that closed the pipe early has what it wanted.
  ///
  /// - Throws: ``Failure`` when the data cannot be written for another reason.
  static func write(_ bytes: [UInt8]) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      let reason = OutputError(writing: "to standard output", error)
      guard !reason.isClosedPipe else { return }
      throw Failure(reason)
    }
  }

  /// Writes text to standard output.
  static func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes a line to standard error.
  static func note(_ text: String) {
    // Where standard error is closed nobody can be told.
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Replaces the progress line, if somebody watches.
  static func progress(_ text: String) {
    guard isInteractive else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  /// Takes the progress line away.
  static func endProgress() {
    guard isInteractive else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}
