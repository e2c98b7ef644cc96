/// How much a finding matters.
public enum Severity: String, Hashable, Sendable {
  /// What was read is not used.
  case error
  /// What was read is used, and deserves a look.
  case warning
}

/// A fault in a user's file, with its place, what stands there, what should, and how to mend it.
public struct Diagnostic: Hashable, Sendable {
  /// How much it matters.
  public var severity: Severity
  /// The file's name as the user gave it.
  public var file: String
  /// From 1, header included; 0 when the fault is of the whole file.
  public var line: Int
  /// The character position in the line, from 1; 0 when the fault is of the whole line.
  public var column: Int
  /// What was found, at most 40 characters of it quoted.
  public var found: String
  /// What should stand there.
  public var expected: String
  /// How to mend it.
  public var fix: String

  /// Creates a finding.
  public init(
    _ severity: Severity = .error, file: String, line: Int, column: Int = 0, found: String,
    expected: String, fix: String
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.found = found
    self.expected = expected
    self.fix = fix
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: found …, expected …` and the fix on a line of its own.
  public var description: String {
    var place = file
    if line > 0 { place += ":\(line)" }
    if column > 0 { place += ":\(column)" }
    return "\(place): \(severity.rawValue): found \(found), expected \(expected)\n  fix: \(fix)"
  }
}
