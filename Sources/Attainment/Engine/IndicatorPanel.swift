public import Forecasting
public import Indicators
public import TimeSeries

/// One unit's series of one indicator, ready to be modelled.
public struct UnitSeries: Sendable {
  /// The unit, as it stands at the origin.
  public let unit: ReportingUnit
  /// The values as reported, from the first to the last observed period of their frequency.
  public let reported: Series
  /// The values as reported without spikes and without a last jump that nothing confirms yet.
  public let confirmed: Series
  /// What the models see: spikes taken out, year-to-date counts as increments, up to the last observed period.
  public let modelled: Series
  /// The values as reported, but year-to-date counts as what was added in each period.
  public let continuous: Series
  /// The confirmed values, but year-to-date counts as one running total over the years.
  public let level: Series
  /// The numerator of the last confirmed value.
  public let numerator: Double?
  /// The denominator of the last confirmed value, the unit's weight in a ratio of sums.
  public let denominator: Double?
  /// How final the last confirmed value is.
  public let lastStatus: ObservationStatus?
  /// The periods of `reported` whose value is an estimate, which decides nothing.
  public let estimatedPeriods: Set<Period>
  /// Standard deviation of what revisions do to the last value.
  public let revisionStandardDeviation: Double
  /// Provisional periods at the end of `modelled` that lie after the origin.
  public let provisionalPeriods: Int
  /// Values that the models do not see because they jump away and come back.
  public let spikes: [Period]
  /// Number of values that were revised later.
  public let revisedCount: Int
  /// What else has to be said about the series.
  public let notes: [String]

  /// The last period at or before the origin, on the series' own axis: forecasts count from here.
  public func origin(_ origin: Period) -> Period {
    let frequency = reported.frequency
    guard let containing = origin.containing(frequency) else {
      return reported.lastObservedPeriod ?? reported.start
    }
    let isComplete = containing.lastMonthOrdinal <= origin.lastMonthOrdinal
    return isComplete ? containing : containing.advanced(by: -1)
  }

  /// The last confirmed value and its period: what forecasts start from, and what gaps and paces are told from.
  ///
  /// A last jump that nothing confirms yet stands in `reported` only: a digit lost in typing must not show as the
  /// unit's level beside a probability that does not believe it.
  public var last: (period: Period, value: Double)? {
    guard let period = confirmed.lastObservedPeriod, let value = confirmed.lastObservedValue else {
      return nil
    }
    return (period, value)
  }
}

/// All units of one indicator.
public struct IndicatorPanel: Sendable {
  /// The catalogue's line.
  public let indicator: Indicator
  /// By unit code.
  public let units: [UnitSeries]
  /// The month from which forecasts count: the run's origin or, where no unit has reported up to it, the month of the
  /// latest report, so that what happened since is forecast like what will.
  public let origin: Period
  /// Season of year-to-date increments, pooled over units; empty for other kinds.
  public let season: [Double]

  /// The range of the values.
  public var range: ValueRange {
    ValueRange(lower: indicator.bounds.lower, upper: indicator.bounds.upper)
  }

  /// The same indicator with other units.
  init(_ panel: IndicatorPanel, replacing units: [UnitSeries]) {
    indicator = panel.indicator
    self.units = units
    origin = panel.origin
    season = panel.season
  }

  /// Arranges the observations of one indicator.
  ///
  /// Each unit is modelled at one frequency: yearly for annual kinds where yearly values exist, else the frequency with most
  /// periods (the finer one when equal). Values of other frequencies are left out and the unit's notes say so, except that
  /// monthly estimates (*ước*) of a year not yet settled become the provisional value of that year.
  ///
  /// - Parameters:
  ///   - indicator: The catalogue's line.
  ///   - observations: One vintage a key, periods up to the origin.
  ///   - revisions: First and last reported value of every revised key of the indicator.
  ///   - catalogue: For the units.
  ///   - origin: The forecast origin, a month.
  public init(
    indicator: Indicator, observations: [Observation],
    revisions: [(unit: String, first: Double, last: Double)], catalogue: Catalogue, origin: Period
  ) {
    self.indicator = indicator
    let known = observations.filter { $0.period.lastMonthOrdinal <= origin.lastMonthOrdinal }
    let byUnit = Dictionary(grouping: known, by: \.unit)
    let codes = byUnit.keys.sorted()
    let revision = IndicatorPanel.revisionDeviation(revisions, among: known.count)
    var arranged: [ArrangedUnit] = []
    for code in codes {
      let unit =
        catalogue.unit(code) ?? ReportingUnit(code: code, nameVietnamese: code, level: .commune)
      if let series = ArrangedUnit(
        unit: unit, indicator: indicator, observations: byUnit[code] ?? [])
      {
        arranged.append(series)
      }
    }
    let latest = arranged.compactMap(\.reported.lastObservedPeriod?.lastMonthOrdinal).max()
    let start = Period(
      .month, ordinal: min(origin.lastMonthOrdinal, latest ?? origin.lastMonthOrdinal))
    self.origin = start
    let isYearToDate = indicator.kind == .yearToDateCount
    season = isYearToDate ? YearToDate.season(arranged.map(\.reported)) : []
    let link = Link.bounded(
      ValueRange(lower: indicator.bounds.lower, upper: indicator.bounds.upper))
    let step = SpikeFilter.typicalStep(arranged.map(\.reported), link: link)
    units = arranged.map { series in
      let filtered =
        isYearToDate
        ? (series: YearToDate.increments(series.reported), spikes: [])
        : SpikeFilter.remove(from: series.reported, link: link, typicalStep: step)
      var notes = series.notes
      notes += SpikeFilter.notes(filtered.spikes, last: series.reported.lastObservedPeriod)
      let confirmed = isYearToDate ? series.reported : filtered.series
      let last = series.observation(at: confirmed.lastObservedPeriod)
      let lastStatus = last?.status ?? .official
      return UnitSeries(
        unit: series.unit, reported: series.reported,
        confirmed: confirmed,
        modelled: series.provisional.reduce(filtered.series) { $0.appending($1) },
        continuous: isYearToDate ? filtered.series : series.reported,
        level: isYearToDate ? YearToDate.runningTotal(filtered.series) : confirmed,
        numerator: last?.numerator, denominator: last?.denominator,
        lastStatus: lastStatus, estimatedPeriods: series.estimatedPeriods,
        revisionStandardDeviation: series.provisional.last?.deviation
          ?? (lastStatus == .official ? 0 : revision),
        provisionalPeriods: series.provisional.count {
          $0.period.lastMonthOrdinal > start.lastMonthOrdinal
        },
        spikes: filtered.spikes,
        revisedCount: revisions.count { $0.unit == series.unit.code }, notes: notes)
    }
  }

  /// Root of the share of values that are revised times the squared typical revision (robust: one corrected typing error
  /// must not make every figure look soft).
  static func revisionDeviation(
    _ revisions: [(unit: String, first: Double, last: Double)], among count: Int
  ) -> Double {
    guard !revisions.isEmpty, count > 0 else { return 0 }
    let sizes = revisions.map { abs($0.last - $0.first) }.sorted()
    let typical = 1.4826 * sizes[sizes.count / 2]
    return typical * (Double(min(revisions.count, count)) / Double(count)).squareRoot()
  }
}

/// A unit's observations on one frequency.
private struct ArrangedUnit {
  let unit: ReportingUnit
  let reported: Series
  /// In time order, of the frequency of `reported`.
  private let chosen: [Observation]
  let estimatedPeriods: Set<Period>
  /// In time order, all after the last official year.
  var provisional: [ProvisionalYear] = []
  var notes: [String] = []

  init?(unit: ReportingUnit, indicator: Indicator, observations: [Observation]) {
    self.unit = unit
    var counts: [Frequency: Int] = [:]
    for observation in observations { counts[observation.period.frequency, default: 0] += 1 }
    let order: [Frequency] = [.month, .quarter, .year, .index]
    let isAnnual = [.annual, .rank, .growth].contains(indicator.kind)
    let most = order.compactMap { counts[$0] }.max() ?? 0
    guard
      let frequency = isAnnual && (counts[.year] ?? 0) > 0
        ? .year : order.first(where: { counts[$0] == most })
    else { return nil }
    chosen = observations.filter { $0.period.frequency == frequency }
      .sorted { $0.period < $1.period }
    let values = chosen.map { (period: $0.period, value: $0.value) }
    guard let series = Series(observations: values)?.trimmed() else { return nil }
    reported = series
    estimatedPeriods = Set(chosen.filter { $0.status == .estimate }.map(\.period))
    let others = observations.filter { $0.period.frequency != frequency }
    if frequency == .year, let lastYear = series.lastObservedPeriod?.ordinal {
      let years = others.filter { !$0.value.isNaN }.compactMap(\.period.year)
      let latest = max(years.max() ?? lastYear, lastYear)
      provisional = (lastYear..<latest).compactMap {
        ArrangedUnit.provisional(year: $0 + 1, official: series, others)
      }
    }
    if !provisional.isEmpty {
      notes.append("latest monthly estimate taken as the provisional value of the year")
    } else if !others.isEmpty {
      notes.append("\(others.count) values of other frequencies not modelled")
    }
  }

  /// What was reported of a period.
  func observation(at period: Period?) -> Observation? { chosen.last { $0.period == period } }

  /// The last estimate within a year, with the error that such estimates have had.
  static func provisional(
    year: Int, official: Series, _ others: [Observation]
  ) -> ProvisionalYear? {
    let estimates = others.filter { !$0.value.isNaN }.sorted { $0.period < $1.period }
    guard let last = estimates.last(where: { $0.period.year == year }) else { return nil }
    // The same month's estimate in settled years, or the nearest earlier one.
    var errors: [Double] = []
    for (index, value) in official.values.enumerated() where !value.isNaN {
      let settled = official.period(at: index).ordinal
      let matching = estimates.last {
        $0.period.year == settled && $0.period.positionInYear <= last.period.positionInYear
      }
      if let matching { errors.append(value - matching.value) }
    }
    let changes = zip(official.values, official.values.dropFirst()).map { abs($1 - $0) }
      .filter { !$0.isNaN }.sorted()
    let typical = changes.isEmpty ? abs(last.value) * 0.05 : changes[changes.count / 2]
    // Half a typical yearly change as one prior error, for one or two settled years say little.
    let squares = errors.reduce(0) { $0 + $1 * $1 } + typical * typical / 4
    return ProvisionalYear(
      period: Period(year: year), value: last.value,
      deviation: (squares / Double(errors.count + 1)).squareRoot())
  }
}

/// What the monthly estimates say of a year without an official figure.
private struct ProvisionalYear {
  let period: Period
  let value: Double
  /// The error that such estimates have had.
  let deviation: Double
}

extension Series {
  /// The same series continued to a provisional year; years between are missing.
  fileprivate func appending(_ year: ProvisionalYear) -> Series {
    let gap = max(0, (start.distance(to: year.period) ?? count) - count)
    return Series(
      start: start, values: values + [Double](repeating: .nan, count: gap) + [year.value])
  }
}
