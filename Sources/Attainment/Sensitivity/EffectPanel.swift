import Forecasting
public import Indicators
public import TimeSeries

/// One unit's response and driver on one time axis, ready for regression.
public struct EffectUnit: Sendable {
  /// The code of the unit.
  public let unit: String
  /// The period ordinal of the first value.
  public let start: Int
  /// The indicator on its link scale, one value a period; NaN is missing.
  public let response: [Double]
  /// The driver from `driverStart` on; NaN is missing.
  public let driver: [Double]
  /// The period ordinal of the first value of the driver.
  public let driverStart: Int

  /// Creates a unit's data.
  public init(
    unit: String, start: Int, response: [Double], driverStart: Int, driver: [Double]
  ) {
    self.unit = unit
    self.start = start
    self.response = response
    self.driverStart = driverStart
    self.driver = driver
  }

  /// The driver at a period ordinal; NaN outside what is known.
  func driver(at ordinal: Int) -> Double {
    let index = ordinal - driverStart
    return driver.indices.contains(index) ? driver[index] : .nan
  }
}

/// What an effect is estimated from: units with response and driver, on the axis of one frequency.
public struct EffectPanel: Sendable {
  /// By unit code.
  public let units: [EffectUnit]
  /// Whether units have drivers of their own, so that period effects can be taken out.
  public let variesBetweenUnits: Bool
  /// The axis.
  public let frequency: Frequency
  /// How many steps of time a driver's value stays the same: 12 for a yearly driver of a monthly
  /// indicator.
  public let periodsPerDriverValue: Int

  /// Creates a panel.
  public init(
    units: [EffectUnit], variesBetweenUnits: Bool, frequency: Frequency,
    periodsPerDriverValue: Int = 1
  ) {
    self.units = units
    self.variesBetweenUnits = variesBetweenUnits
    self.frequency = frequency
    self.periodsPerDriverValue = periodsPerDriverValue
  }

  /// Joins the series of an indicator with those of a driver; `nil` where no unit has both.
  ///
  /// The driver is brought to the indicator's frequency: a coarser value holds for each period within
  /// it, finer ones are averaged where all are known. Units without a driver of their own take that of
  /// the province, unless at least three have one: then only those are compared.
  ///
  /// - Parameters:
  ///   - panel: The indicator.
  ///   - driver: The driver.
  ///   - province: The code of the unit whose driver stands for all.
  public init?(panel: IndicatorPanel, driver: DriverSeries, province: String) {
    let link = Link.bounded(panel.range)
    let below = panel.units.filter {
      $0.unit.level.depth > UnitLevel.formerProvince.depth
    }
    let own = below.filter { driver.units[$0.unit.code] != nil }
    let chosen: [UnitSeries]
    if own.count >= 3 {
      chosen = own
    } else {
      let whole = panel.units.filter { $0.unit.level.depth <= UnitLevel.province.depth }
      let longest = whole.map(\.continuous.count).max() ?? 0
      let longestBelow = below.map(\.continuous.count).max() ?? 0
      chosen = below.isEmpty || longest > longestBelow ? whole : below
    }
    let frequencies = Dictionary(grouping: chosen, by: \.continuous.frequency)
    guard
      let frequency = frequencies.keys.max(by: {
        ((frequencies[$0]?.count ?? 0), $1.rawValue) < ((frequencies[$1]?.count ?? 0), $0.rawValue)
      })
    else { return nil }
    var units: [EffectUnit] = []
    var ratio = 1
    for series in chosen where series.continuous.frequency == frequency {
      let code = own.count >= 3 ? series.unit.code : province
      guard let path = driver.units[code],
        let converted = Self.convert(path, to: frequency)
      else { continue }
      ratio = max(1, (path.frequency.months ?? 1) / (frequency.months ?? 1))
      units.append(
        EffectUnit(
          unit: series.unit.code, start: series.continuous.start.ordinal,
          response: series.effectResponse.map { $0.isNaN ? .nan : link.forward($0) },
          driverStart: converted.start.ordinal, driver: converted.values))
    }
    guard !units.isEmpty else { return nil }
    self.init(
      units: units, variesBetweenUnits: own.count >= 3, frequency: frequency,
      periodsPerDriverValue: ratio)
  }

  /// A series on the axis of another frequency; `nil` where there is no calendar.
  static func convert(_ series: Series, to frequency: Frequency) -> Series? {
    guard let from = series.frequency.months, let into = frequency.months else {
      return series.frequency == frequency ? series : nil
    }
    if from == into { return series }
    if from > into {
      let ratio = from / into
      let start = Period(frequency, ordinal: series.start.ordinal * ratio)
      return Series(
        start: start, values: series.values.flatMap { [Double](repeating: $0, count: ratio) })
    }
    let ratio = into / from
    guard let first = series.start.containing(frequency),
      let last = series.period(at: max(0, series.count - 1)).containing(frequency)
    else { return nil }
    let values = (first.ordinal...last.ordinal).map { ordinal -> Double in
      var sum = 0.0
      for place in 0..<ratio {
        sum += series[Period(series.frequency, ordinal: ordinal * ratio + place)]
      }
      return sum / Double(ratio)
    }
    return Series(start: first, values: values)
  }
}

extension UnitSeries {
  /// What the regression explains: the confirmed values, spikes taken out; counts as their increments.
  var effectResponse: [Double] {
    guard modelled.count >= continuous.count else { return continuous.values }
    return Array(modelled.values.prefix(continuous.count))
  }
}
