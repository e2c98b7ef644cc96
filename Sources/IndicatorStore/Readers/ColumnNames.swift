/// What the columns of a file of observations are called.
public struct ColumnNames: Hashable, Sendable {
  /// The column of indicator codes; `nil` for a file about one thing, which is then called `value`.
  public var indicator: String?
  /// The column of unit codes; `nil` for a file about one unit, which is then called `all`.
  public var unit: String?
  /// The column of periods.
  public var period: String
  /// The column of values.
  public var value: String

  /// Names the columns; the defaults are those of VeDich's own format.
  public init(
    indicator: String? = "indicator", unit: String? = "unit", period: String = "period",
    value: String = "value"
  ) {
    self.indicator = indicator
    self.unit = unit
    self.period = period
    self.value = value
  }
}

/// How a file of observations is to be read.
public struct ReadingOptions: Hashable, Sendable {
  /// What the columns are called.
  public var columns: ColumnNames
  /// `true` when a comma is the decimal sign, `false` when a point is, `nil` to let the file show it.
  public var decimalComma: Bool?
  /// Whether periods are whole numbers that count steps instead of months, quarters and years.
  public var periodsAreSteps: Bool
  /// Whether columns that are not used are worth a warning.
  public var warnsOfUnusedColumns: Bool

  /// Describes a file; the defaults are those of VeDich's own format.
  public init(
    columns: ColumnNames = ColumnNames(), decimalComma: Bool? = nil, periodsAreSteps: Bool = false,
    warnsOfUnusedColumns: Bool = true
  ) {
    self.columns = columns
    self.decimalComma = decimalComma
    self.periodsAreSteps = periodsAreSteps
    self.warnsOfUnusedColumns = warnsOfUnusedColumns
  }
}
