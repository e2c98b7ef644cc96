public import TimeSeries

/// A driver over time in several units: one denominator, one stage.
public struct DriverSeries: Sendable {
  /// The code of the driver.
  public let driver: String
  /// What it is a share of.
  public let denominator: DriverDenominator
  /// The stage of its past; `nil` where that has no meaning.
  public let stage: DriverStage?
  /// By unit code: the past and the known or planned future, without gaps after the origin.
  public let units: [String: Series]

  /// Creates a driver from its series.
  public init(
    driver: String, denominator: DriverDenominator, stage: DriverStage?, units: [String: Series]
  ) {
    self.driver = driver
    self.denominator = denominator
    self.stage = stage
    self.units = units
  }

  /// The codes of the units, in order.
  public var unitCodes: [String] { units.keys.sorted() }
}

/// The rows of `drivers.csv`.
public struct DriverTable: Sendable {
  /// In file order.
  public var values: [DriverValue]

  /// Creates a table.
  public init(_ values: [DriverValue] = []) { self.values = values }

  /// The codes of the drivers, in order.
  public var drivers: [String] { Set(values.map(\.driver)).sorted() }

  /// The denominators that a driver has values of, in order of their codes.
  public func denominators(of driver: String) -> [DriverDenominator] {
    Set(values.filter { $0.driver == driver }.map(\.denominator)).sorted { $0.code < $1.code }
  }

  /// The series of a driver with one denominator and one stage.
  ///
  /// What lies after the origin may be planned whatever the stage of the past: nobody has disbursed
  /// or settled a budget that is still to come.
  ///
  /// - Parameters:
  ///   - driver: The code.
  ///   - denominator: One of those it has; `nil` only where it has one.
  ///   - stage: One of those its past has; `nil` only where it has one.
  ///   - origin: The last month of the past.
  /// - Returns: One series for each unit.
  /// - Throws: ``DriverFault``.
  public func series(
    of driver: String, denominator: DriverDenominator?, stage: DriverStage?, origin: Period
  ) throws(DriverFault) -> DriverSeries {
    let all = values.filter { $0.driver == driver }
    guard !all.isEmpty else { throw .unknownDriver(driver, known: drivers) }
    let known = denominators(of: driver)
    if denominator == nil, known.count > 1 {
      throw .mixedDenominators(known.map(\.code), driver: driver)
    }
    let chosen = denominator ?? known[0]
    guard known.contains(chosen) else {
      throw .unknownDenominator(chosen.code, driver: driver, known: known.map(\.code))
    }
    let rows = all.filter { $0.denominator == chosen }
    func isPast(_ row: DriverValue) -> Bool {
      row.period.lastMonthOrdinal <= origin.lastMonthOrdinal
    }
    let stages = Set(rows.filter(isPast).map { $0.stage?.rawValue ?? "" }).sorted()
    if stage == nil, stages.count > 1 {
      throw .mixedStages(stages, driver: driver, denominator: chosen.code)
    }
    if let stage, !stages.contains(stage.rawValue) {
      throw .unknownStage(stage.rawValue, driver: driver, known: stages)
    }
    let past = stage ?? DriverStage(rawValue: stages.first ?? "")
    let kept = rows.filter { row in
      isPast(row)
        ? row.stage == past
        : row.stage == past || row.stage == .planned || row.stage == nil
    }
    var units: [String: Series] = [:]
    for (unit, own) in Dictionary(grouping: kept, by: \.unit) {
      units[unit] = try Self.series(own, driver: driver, unit: unit, past: past, origin: origin)
    }
    return DriverSeries(driver: driver, denominator: chosen, stage: past, units: units)
  }

  private static func series(
    _ rows: [DriverValue], driver: String, unit: String, past: DriverStage?, origin: Period
  ) throws(DriverFault) -> Series {
    guard Set(rows.map(\.period.frequency)).count == 1 else {
      throw .mixedFrequencies(driver: driver, unit: unit)
    }
    var byPeriod: [Period: DriverValue] = [:]
    for row in rows {
      if let other = byPeriod[row.period] {
        // A plan beside the figure of its own stage gives way to it.
        guard other.stage != row.stage else {
          throw .repeated(driver: driver, unit: unit, period: row.period)
        }
        if other.stage == past { continue }
      }
      byPeriod[row.period] = row
    }
    let pairs = byPeriod.keys.sorted().map { (period: $0, value: byPeriod[$0]?.value ?? .nan) }
    guard let series = Series(observations: pairs), let last = pairs.last?.period else {
      throw .repeated(driver: driver, unit: unit, period: rows[0].period)
    }
    for index in series.values.indices where series.values[index].isNaN {
      let period = series.period(at: index)
      if period.lastMonthOrdinal > origin.lastMonthOrdinal {
        throw .futureGap(driver: driver, unit: unit, missing: period, last: last)
      }
    }
    return series
  }
}
