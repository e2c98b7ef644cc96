/// The tables of reference data, by the names of their files.
public enum CatalogueTable: String, Hashable, Sendable, CaseIterable {
  /// `indicators.csv`.
  case indicators
  /// `targets.csv`.
  case targets
  /// `units.csv`.
  case units
  /// `organisations.csv`.
  case organisations
  /// `tasks.csv`.
  case tasks
  /// `baselines.csv`.
  case baselines
  /// `assignments.csv`.
  case assignments
  /// `task_reports.csv`.
  case taskReports = "task_reports"

  /// The name of the file.
  public var fileName: String { rawValue + ".csv" }
}

/// Something in the reference data that contradicts the rest of it.
public struct CatalogueIssue: Hashable, Sendable {
  /// How much it matters.
  public var severity: Severity
  /// The table it is found in.
  public var table: CatalogueTable
  /// The index of the row in the catalogue's array.
  public var row: Int
  /// The column of the table's file.
  public var column: String
  /// What was found.
  public var found: String
  /// What should stand there.
  public var expected: String
  /// How to mend it.
  public var fix: String

  /// Creates a finding.
  public init(
    _ severity: Severity, _ table: CatalogueTable, row: Int, column: String, found: String,
    expected: String, fix: String
  ) {
    self.severity = severity
    self.table = table
    self.row = row
    self.column = column
    self.found = found
    self.expected = expected
    self.fix = fix
  }
}
