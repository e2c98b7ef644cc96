import Forecasting
import Indicators
import TimeSeries

/// The province's paths and history, added up from its units by the indicator's rule.
///
/// A ratio of sums weighs each unit by its last reported denominator; units without one weigh as much as the mean unit. Units
/// that cannot be projected are left out of both sides.
struct ProvinceAggregate {
  let panel: IndicatorPanel
  let context: ProjectionContext
  let units: [UnitSeries]
  private let fallbackWeight: Double
  private var sums: SamplePaths?
  private var totalWeight = 0.0
  private var grid: (origin: Period, steps: [Int])?
  private(set) var members: [UnitSeries] = []
  /// What else has to be said of the sum; empty when nothing.
  var note = ""

  init(panel: IndicatorPanel, units: [UnitSeries], context: ProjectionContext) {
    self.panel = panel
    self.units = units
    self.context = context
    let known = units.compactMap(\.denominator).filter { $0 > 0 }
    fallbackWeight = known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
  }

  /// An empty sum of some of the units, each weighed as in this one.
  func ofPart(_ units: [UnitSeries]) -> ProvinceAggregate {
    ProvinceAggregate(
      panel: panel, units: units, context: context, fallbackWeight: fallbackWeight)
  }

  private init(
    panel: IndicatorPanel, units: [UnitSeries], context: ProjectionContext, fallbackWeight: Double
  ) {
    self.panel = panel
    self.units = units
    self.context = context
    self.fallbackWeight = fallbackWeight
  }

  func weight(of series: UnitSeries) -> Double {
    switch panel.indicator.aggregation {
    case .ratioOfSums: series.denominator.flatMap { $0 > 0 ? $0 : nil } ?? fallbackWeight
    case .sum, .mean, .none: 1
    }
  }

  /// Adds a unit's paths; to be called in the order of unit codes.
  mutating func add(_ projection: UnitProjection, of series: UnitSeries) {
    guard panel.indicator.aggregation != .none else { return }
    if let grid {
      guard grid.origin == projection.origin, grid.steps == projection.steps else { return }
    } else {
      grid = (projection.origin, projection.steps)
    }
    let weight = weight(of: series)
    var total =
      sums
      ?? SamplePaths(
        stepCount: projection.paths.stepCount, pathCount: projection.paths.pathCount)
    sums = nil
    addProduct(of: weight, projection.paths.values.span, to: &total.values)
    sums = total
    totalWeight += weight
    members.append(series)
  }

  /// The province's paths; `nil` when no unit was added.
  func projection() -> UnitProjection? {
    guard let sums, let grid, totalWeight > 0 else { return nil }
    var paths = sums
    if panel.indicator.aggregation != .sum {
      for index in paths.values.indices { paths.values[index] /= totalWeight }
    }
    let rule = panel.indicator.aggregation.rawValue
    return UnitProjection(
      origin: grid.origin, steps: grid.steps, paths: paths, model: "aggregate:\(rule)",
      notes: ["aggregated from \(members.count) units"] + (note.isEmpty ? [] : [note]))
  }

  /// How far the figure published for the province lies from its units added up, in words; `nil` where they never meet.
  func discrepancy(from published: UnitSeries) -> String? {
    guard let own = history(of: published.unit)?.reported else { return nil }
    var differences: [Double] = []
    for (index, value) in published.reported.values.enumerated() where !value.isNaN {
      let added = own[published.reported.period(at: index)]
      if !added.isNaN { differences.append(value - added) }
    }
    guard let last = differences.last else { return nil }
    let mean = differences.reduce(0, +) / Double(differences.count)
    func signed(_ value: Double) -> String {
      let hundredths = Int((abs(value) * 100).rounded())
      let rest = hundredths % 100
      return (value < 0 ? "-" : "+") + "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
    return "published less aggregated from units: \(signed(last)) last, \(signed(mean)) on average "
      + "over \(differences.count) periods"
  }

  /// The province's past, for periods in which units of nine tenths of the weight reported; the others keep
  /// their last value known by then.
  func history(of province: ReportingUnit) -> UnitSeries? {
    guard let frequency = members.first?.reported.frequency,
      let first = members.map(\.reported.start).min(),
      let last = members.compactMap(\.reported.lastObservedPeriod).max(),
      let length = first.distance(to: last), first.frequency == frequency
    else { return nil }
    var values: [Double] = []
    for step in 0...length {
      let period = first.advanced(by: step)
      var sum = 0.0
      var reported = 0.0
      var covered = 0.0
      for series in members {
        let known = series.confirmed.through(period)
        guard let value = known.lastObservedValue else { continue }
        // In January a year-to-date count starts again: last year's total says nothing of this year's.
        let isOfYear = known.lastObservedPeriod?.year == period.year
        if panel.indicator.kind == .yearToDateCount, !isOfYear { continue }
        let weight = weight(of: series)
        sum += weight * value
        covered += weight
        if known.lastObservedPeriod == period { reported += weight }
      }
      let isComplete = covered >= 0.9 * totalWeight && reported >= 0.5 * totalWeight
      let isSum = panel.indicator.aggregation == .sum
      values.append(isComplete && covered > 0 ? (isSum ? sum : sum / covered) : .nan)
    }
    guard let series = Series(start: first, values: values).trimmed() else { return nil }
    let isYearToDate = panel.indicator.kind == .yearToDateCount
    let continuous = isYearToDate ? YearToDate.increments(series) : series
    return UnitSeries(
      unit: province, reported: series, confirmed: series, modelled: continuous,
      continuous: continuous,
      level: isYearToDate ? YearToDate.runningTotal(continuous) : series, numerator: nil,
      denominator: totalWeight,
      lastStatus: .preliminary, estimatedPeriods: [], revisionStandardDeviation: 0,
      provisionalPeriods: 0, spikes: [],
      revisedCount: 0, notes: [])
  }
}
