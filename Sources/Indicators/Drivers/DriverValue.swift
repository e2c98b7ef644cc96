public import TimeSeries

/// One row of `drivers.csv`: what a driver was, or is planned to be, in a unit and period.
public struct DriverValue: Hashable, Sendable {
  /// The code of the driver, `st_budget_share`.
  public var driver: String
  /// The code of the unit.
  public var unit: String
  /// A month, a quarter or a year.
  public var period: Period
  /// The value; percent for a share of money.
  public var value: Double
  /// What it is a share of.
  public var denominator: DriverDenominator
  /// The stage at which it was counted; `nil` where that has no meaning.
  public var stage: DriverStage?
  /// Where it comes from.
  public var source: String

  /// Creates a value.
  public init(
    driver: String, unit: String, period: Period, value: Double, denominator: DriverDenominator,
    stage: DriverStage?, source: String = ""
  ) {
    self.driver = driver
    self.unit = unit
    self.period = period
    self.value = value
    self.denominator = denominator
    self.stage = stage
    self.source = source
  }
}

/// One row of `budget.csv`: what a share of a year's money is in VND.
public struct BudgetYear: Hashable, Sendable {
  /// The calendar year.
  public var year: Int
  /// The code of the unit.
  public var unit: String
  /// Gross regional domestic product, in VND.
  public var grossProduct: Double?
  /// Budget spending, in VND.
  public var budgetSpending: Double?
  /// The stage at which the figures were counted.
  public var stage: DriverStage?
  /// Where they come from.
  public var source: String

  /// Creates a year's figures.
  public init(
    year: Int, unit: String, grossProduct: Double?, budgetSpending: Double?,
    stage: DriverStage? = nil, source: String = ""
  ) {
    self.year = year
    self.unit = unit
    self.grossProduct = grossProduct
    self.budgetSpending = budgetSpending
    self.stage = stage
    self.source = source
  }

  /// The money of which a share is taken, in VND; `nil` for a denominator that is no money.
  public func amount(of denominator: DriverDenominator) -> Double? {
    switch denominator {
    case .grossProduct: grossProduct
    case .budgetSpending: budgetSpending
    default: nil
    }
  }
}

/// The money of all years and units.
public struct Budget: Sendable {
  /// The rows, in file order.
  public var years: [BudgetYear]

  /// Creates a budget.
  public init(_ years: [BudgetYear] = []) { self.years = years }

  /// The row of a unit in a year, or in the latest year before it that has the denominator.
  public func row(
    unit: String, through year: Int, denominator: DriverDenominator
  ) -> BudgetYear? {
    years.filter {
      $0.unit == unit && $0.year <= year && $0.amount(of: denominator) != nil
    }.max { $0.year < $1.year }
  }

  /// What a share in percent costs a unit in a year, in VND; `nil` where the money is not known.
  public func cost(
    share: Double, unit: String, year: Int, denominator: DriverDenominator
  ) -> Double? {
    row(unit: unit, through: year, denominator: denominator)?.amount(of: denominator)
      .map { $0 * share / 100 }
  }
}
