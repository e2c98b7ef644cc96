public import Indicators
public import TimeSeries

/// What a driver is expected to be in every unit if nothing is decided: its known or planned values, then
/// the last of them held.
public struct DriverBaseline: Sendable {
  /// The driver.
  public let driver: DriverSeries
  /// The last month of the past.
  public let origin: Period
  /// The code of the unit whose driver stands for all that have none.
  public let province: String

  /// Creates a baseline.
  public init(driver: DriverSeries, origin: Period, province: String) {
    self.driver = driver
    self.origin = origin
    self.province = province
  }

  /// The series of a unit, or of the province; without one, the plain mean of the units' present values.
  private func series(_ unit: String) -> Series? { driver.units[unit] ?? driver.units[province] }

  /// The last value known at the origin; `nil` where nobody has one.
  public func present(_ unit: String) -> Double? {
    if let series = series(unit) { return series.through(origin).lastObservedValue }
    let known = driver.unitCodes.compactMap { driver.units[$0]?.through(origin).lastObservedValue }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The driver at a month: known, planned, or the last value held.
  public func value(_ unit: String, month: Int) -> Double? {
    guard let series = series(unit) else { return present(unit) }
    let through = series.through(Period(.month, ordinal: month))
    // A year's plan holds from its January on.
    if let period = Period(.month, ordinal: month).containing(series.frequency) {
      let value = series[period]
      if !value.isNaN, period.lastMonthOrdinal > origin.lastMonthOrdinal { return value }
    }
    return through.lastObservedValue ?? present(unit)
  }

  /// The smallest and largest value that any unit ever had up to the origin.
  public var observed: ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    for code in driver.unitCodes {
      for value in driver.units[code]?.through(origin).values ?? [] where !value.isNaN {
        let known = range ?? value...value
        range = min(known.lowerBound, value)...max(known.upperBound, value)
      }
    }
    return range
  }
}

/// How much a driver's path differs from its baseline, month by month from the month after the origin.
public struct DriverDifference: Sendable {
  /// The month of the first difference, as 12 × year + month − 1.
  public let start: Int
  /// Path less baseline.
  public let values: [Double]

  /// Creates a difference.
  public init(start: Int, values: [Double]) {
    self.start = start
    self.values = values
  }

  /// What it adds up to at a period through a distributed lag, for an effect of 1.
  ///
  /// - Parameters:
  ///   - period: The period, on the axis of the indicator.
  ///   - profile: The share of the effect that has come after 0, 1, … periods.
  /// - Returns: In units of the driver.
  func shift(at period: Period, profile: [Double]) -> Double {
    var sum = 0.0
    var before = 0.0
    for (lag, share) in profile.enumerated() {
      sum += (share - before) * mean(over: period.advanced(by: -lag))
      before = share
    }
    return sum
  }

  /// The mean over the months of a period; before the start there is no difference, after the end the last
  /// one stays.
  private func mean(over period: Period) -> Double {
    let last = period.lastMonthOrdinal
    let months = max(1, period.frequency.months ?? 1)
    var sum = 0.0
    for month in (last - months + 1)...last where month >= start {
      let index = month - start
      sum += index < values.count ? values[index] : values.last ?? 0
    }
    return sum / Double(months)
  }
}
