public import Indicators
public import TimeSeries

/// A row that was read and not used: a diagnostic for `rejected.csv`.
public typealias RejectedRow = Diagnostic

/// A row that says which period it is about and leaves the value empty: reported, and not known.
public struct MissingValue: Hashable, Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The period without a value.
  public var period: Period
  /// When this was reported; `nil` when the file does not say.
  public var reportedAt: Day?

  /// Creates a row without a value.
  public init(indicator: String, unit: String, period: Period, reportedAt: Day? = nil) {
    self.indicator = indicator
    self.unit = unit
    self.period = period
    self.reportedAt = reportedAt
  }
}

/// What a file of observations holds: `rowsRead == rowsAccepted + rejected.count`, always.
///
/// Nothing here but line numbers and the hash depends on the order of rows.
public struct ObservationFile: Sendable {
  /// The file's name in messages.
  public var name: String
  /// In the order of indicator, unit, period and day of report; all vintages.
  public var observations: [Observation]
  /// Accepted rows with an empty value, in the same order.
  public var missing: [MissingValue]
  /// In the order of lines, one for each row that was not used.
  public var rejected: [RejectedRow]
  /// Findings that cost no row.
  public var warnings: [Diagnostic]
  /// All rows that are not blank, without the header.
  public var rowsRead: Int
  /// SHA-256 of the bytes, in hexadecimal.
  public var sha256: String

  /// The rows that are used: observations and rows with an empty value.
  public var rowsAccepted: Int { observations.count + missing.count }
}
