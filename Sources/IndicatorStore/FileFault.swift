public import Indicators

/// A file that cannot be read at all, as opposed to one with some bad rows.
public struct FileFault: Error, Sendable {
  /// What stopped the reading.
  public enum Kind: Sendable {
    /// There is no such file.
    case missing
    /// The file exists and cannot be opened or read.
    case unreadable
    /// The file was read, and its form is wrong.
    case badData
  }

  /// What stopped the reading.
  public let kind: Kind
  /// At least one; every one of them has to be mended.
  public let diagnostics: [Diagnostic]

  /// Creates a fault from what is wrong with the file.
  public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
    self.kind = kind
    self.diagnostics = diagnostics
  }
}

extension FileFault: CustomStringConvertible {
  /// The diagnostics, one after another.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
