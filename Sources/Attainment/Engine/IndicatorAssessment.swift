import Forecasting
import Indicators
import Statistics
import TimeSeries

/// Everything said of one indicator.
public struct IndicatorAssessment: Sendable {
  /// History and forecasts of every unit and of the province, by unit code.
  public var projections: [ProjectionRow] = []
  /// Province first, then units by code; targets in chain order.
  public var attainments: [TargetAttainment] = []
  /// How many units make each target.
  public var unitCounts: [UnitCount] = []
  /// What each unit adds to the province's gap.
  public var contributions: [ContributionRow] = []
  /// How forecasts of this indicator have done.
  public var calibration: [CalibrationRow] = []
  /// What is wrong or thin in each series.
  public var dataQuality: [DataQualityRow] = []
}

/// Walks one indicator from its series to its rows, unit by unit.
///
/// Units are projected concurrently where there are threads for it; the province's sums are added up in the order of unit codes,
/// so that no number depends on how many threads there are. Paths live only until they are added.
struct IndicatorRun: Sendable {
  let catalogue: Catalogue
  let panel: IndicatorPanel
  let context: ProjectionContext
  let settings: AssessmentSettings
  let calibration: [CalibrationRow]

  init(catalogue: Catalogue, panel: IndicatorPanel, settings: AssessmentSettings) async {
    self.catalogue = catalogue
    self.panel = panel
    self.settings = settings
    calibration = await PseudoQuestions.check(panel, threads: settings.threads)
    context = ProjectionContext(panel: panel, settings: settings)
  }

  /// What one unit's paths leave behind.
  private struct UnitResult: Sendable {
    let series: UnitSeries
    var projection: UnitProjection?
    var rows: [ProjectionRow] = []
    var attainments: [TargetAttainment] = []
    /// By target index: how each path meets it at the deadline; empty where that is decided or unknown.
    var met: [[Bool]] = []
  }

  func assess() async -> IndicatorAssessment {
    var result = IndicatorAssessment()
    result.calibration = calibration
    let targets = catalogue.chain(of: panel.indicator.code)
      .filter { $0.comparator != .heading }
    let live = panel.units.filter { isLive($0.unit) }
    let below = live.filter { $0.unit.level.depth > UnitLevel.province.depth }
    var aggregate = ProvinceAggregate(panel: panel, units: below, context: context)
    var counts = UnitTally(targets: targets, pathCount: settings.pathCount)
    var unitRows: [TargetAttainment] = []
    await inOrder(live.count, width: settings.threads) { index in
      unitResult(live[index], targets: targets)
    } take: { unit in
      result.projections += unit.rows
      let level = unit.series.unit.level
      if level == .province || level == .country {
        result.attainments += unit.attainments
        return
      }
      unitRows += unit.attainments
      counts.add(unit.met, decided: unit.attainments)
      if let projection = unit.projection { aggregate.add(projection, of: unit.series) }
    }
    // Units whose validity has ended are shown as history; the units that followed them are forecast.
    for series in panel.units where !isLive(series.unit) { result.projections += history(series) }
    addProvince(aggregate, targets: targets, live: live, to: &result)
    addContributions(of: below, targets: targets, to: &result)
    result.dataQuality = panel.units.map { series in
      var row = dataQualityRow(
        indicator: panel.indicator, unit: series.unit.code, series: series.reported,
        origin: settings.origin, revisedCount: series.revisedCount,
        aboveBoundCount: series.reported.values.count { value in
          panel.indicator.bounds.upper.map { value > $0 } ?? false
        })
      let gap = series.unit.level == .province ? aggregate.discrepancy(from: series) : nil
      row.note = ([row.note] + series.notes + [gap ?? ""]).filter { !$0.isEmpty }
        .joined(separator: "; ")
      return row
    }
    result.attainments += unitRows
    result.unitCounts = counts.rows(indicator: panel.indicator.code)
    return result
  }

  private func isLive(_ unit: ReportingUnit) -> Bool {
    guard let end = unit.validTo, let last = settings.origin.lastDay else { return true }
    return end >= last
  }

  private func unitResult(_ series: UnitSeries, targets: [Target]) -> UnitResult {
    var result = UnitResult(series: series)
    result.rows = history(series)
    guard let projection = context.project(series) else {
      for target in targets where applies(target, to: series.unit) {
        result.attainments.append(unknown(target, series: series))
        result.met.append([])
      }
      return result
    }
    result.projection = projection
    let summary = PathSummary(projection.paths)
    result.rows += forecast(projection, summary, unit: series.unit.code)
    let known = known(series)
    let assessment = TargetAssessment(
      indicator: panel.indicator, settings: settings,
      calibration: CalibrationSummary(rows: calibration))
    for target in targets {
      guard applies(target, to: series.unit) else {
        result.met.append([])
        continue
      }
      if let reason = unforecastable(target) {
        var row = unknown(target, series: series)
        row.note = reason
        if target.comparator == .qualitative { row.status = .qualitative }
        result.attainments.append(row)
        result.met.append([])
        continue
      }
      let (basis, value) = basis(of: target, for: series.unit)
      let (row, met) = assessment.assess(
        target: target, unit: series.unit.code, basis: basis, value: value,
        known: known, projection: projection, summary: summary)
      result.attainments.append(row)
      result.met.append(met?.isMetAtDeadline ?? [])
    }
    return result
  }

  private func known(_ series: UnitSeries) -> TargetAssessment.Known {
    TargetAssessment.Known(
      last: series.last, status: series.lastStatus, series: series.reported,
      estimated: series.estimatedPeriods, level: series.level,
      baseline: catalogue.baselines.first {
        $0.indicator == panel.indicator.code && $0.unit == series.unit.code
      }, pastPaces: context.pastPaces, observations: series.reported.observedIndices.count,
      notes: series.notes)
  }

  /// Whether a unit is measured against a target at all: the province always, units below where the indicator exists for them.
  private func applies(_ target: Target, to unit: ReportingUnit) -> Bool {
    if unit.level == .province || unit.level == .country { return true }
    return unit.level.depth <= panel.indicator.lowestLevel.depth
      && target.comparator.isQuantitative
  }

  private func basis(of target: Target, for unit: ReportingUnit) -> (TargetBasis, Double?) {
    if unit.level == .province { return (.plan, target.value) }
    let year = target.deadline?.components.year
    let assigned = catalogue.assignments.first {
      $0.target == target.id && $0.unit == unit.code && $0.year == year
    }
    return assigned.map { (.assigned, $0.value) } ?? (.provinceApplied, target.value)
  }

  /// Why a target gets no number, whatever the data; `nil` where it may get one.
  private func unforecastable(_ target: Target) -> String? {
    if target.comparator == .qualitative { return "described in words" }
    if panel.indicator.kind == .growth { return "a growth rate needs a declared base year" }
    let known = panel.indicator.denominator
    if !target.denominator.isEmpty, !known.isEmpty, target.denominator != known {
      return "the target is a share of \(target.denominator), the values are shares of \(known)"
    }
    return nil
  }

  private func unknown(_ target: Target, series: UnitSeries) -> TargetAttainment {
    let (basis, value) = basis(of: target, for: series.unit)
    var row = TargetAttainment(
      indicator: panel.indicator.code, unit: series.unit.code, target: target, basis: basis,
      note: "no model could be fitted")
    row.targetValue = value
    row.lastPeriod = series.last?.period
    row.lastValue = series.last?.value
    row.settlementStatus = series.lastStatus
    row.origin = settings.origin
    row.isSynthetic = settings.isSynthetic
    return row
  }

  private func history(_ series: UnitSeries) -> [ProjectionRow] {
    let origin = series.origin(panel.origin)
    return series.reported.observedIndices.map { index in
      let period = series.reported.period(at: index)
      return ProjectionRow(
        indicator: panel.indicator.code, unit: series.unit.code, period: period,
        step: origin.distance(to: period) ?? 0, kind: .history, mean: series.reported.values[index],
        quantiles: [], model: "", origin: origin)
    }
  }

  private func forecast(
    _ projection: UnitProjection, _ summary: PathSummary, unit: String
  ) -> [ProjectionRow] {
    projection.steps.indices.map { index in
      ProjectionRow(
        indicator: panel.indicator.code, unit: unit, period: projection.period(at: index),
        step: projection.steps[index], kind: .forecast, mean: summary.means[index],
        quantiles: summary.quantiles[index], model: projection.model, origin: projection.origin)
    }
  }

  /// The province from its units, where nobody publishes its own figure.
  private func addProvince(
    _ aggregate: ProvinceAggregate, targets: [Target], live: [UnitSeries],
    to result: inout IndicatorAssessment
  ) {
    guard !live.contains(where: { $0.unit.level == .province }),
      let province = catalogue.units.last(where: { $0.level == .province }),
      let series = aggregate.history(of: province), let projection = aggregate.projection()
    else { return }
    let summary = PathSummary(projection.paths)
    result.projections += history(series) + forecast(projection, summary, unit: province.code)
    let known = known(series)
    let assessment = TargetAssessment(
      indicator: panel.indicator, settings: settings,
      calibration: CalibrationSummary(rows: calibration))
    for target in targets {
      if let reason = unforecastable(target) {
        var row = unknown(target, series: series)
        row.note = reason
        if target.comparator == .qualitative { row.status = .qualitative }
        result.attainments.append(row)
        continue
      }
      let (row, _) = assessment.assess(
        target: target, unit: province.code, basis: .plan, value: target.value,
        known: known, projection: projection, summary: summary)
      result.attainments.append(row)
    }
  }
}

extension IndicatorRun {
  /// What is left between the gap of the province's own published figure and the sum over its units: a row in the
  /// province's name, without a rank; none where the province is its units added up.
  private func remainder(_ rows: [ContributionRow], of target: Target) -> [ContributionRow] {
    guard !rows.isEmpty,
      let province = panel.units.first(where: { $0.unit.level == .province && isLive($0.unit) }),
      let published = province.confirmed.lastObservedValue,
      let rule = TargetRule(
        comparator: target.comparator, value: target.value, highValue: target.highValue,
        direction: panel.indicator.direction)
    else { return [] }
    let gap = rule.gap(from: published)
    return [
      ContributionRow(
        indicator: panel.indicator.code, targetID: target.id, unit: province.unit.code, weight: 0,
        gap: gap, contribution: gap - compensatedSum(rows.map(\.contribution)),
        differenceFromPeers: 0, rank: 0, rankLow: 0, rankHigh: 0, isNamed: false)
    ]
  }

  /// What each unit's gap adds to the province's, for every target with a value.
  private func addContributions(
    of units: [UnitSeries], targets: [Target], to result: inout IndicatorAssessment
  ) {
    let values = units.map { series in
      UnitValue(
        unit: series.unit.code, group: "\(series.unit.parent)|\(series.unit.kind)",
        value: series.confirmed.lastObservedValue, numerator: series.numerator,
        denominator: series.denominator,
        history: series.continuous.values)
    }
    guard values.count > 1, panel.indicator.aggregation != .none else { return }
    var standings: [Direction: [PeerStanding]] = [:]
    for target in targets where unforecastable(target) == nil {
      let direction = goalDirection(
        comparator: target.comparator, direction: panel.indicator.direction)
      let year = target.deadline?.components.year
      let assigned = values.map { value in
        var unit = value
        unit.assigned =
          catalogue.assignments.first {
            $0.target == target.id && $0.unit == value.unit && $0.year == year
          }?.value
        return unit
      }
      let known =
        standings[direction]
        ?? peerStandings(indicator: panel.indicator, units: assigned, direction: direction)
      standings[direction] = known
      let rows = contributions(
        indicator: panel.indicator, target: target, units: assigned, standings: known)
      result.contributions += rows + remainder(rows, of: target)
    }
  }
}

/// Counts, path by path, how many units make each target.
struct UnitTally {
  let targets: [Target]
  private var counts: [[Int32]]
  private var units: [Int]

  init(targets: [Target], pathCount: Int) {
    self.targets = targets
    counts = Array(repeating: Array(repeating: 0, count: pathCount), count: targets.count)
    units = Array(repeating: 0, count: targets.count)
  }

  mutating func add(_ met: [[Bool]], decided: [TargetAttainment]) {
    for (index, target) in targets.enumerated() where index < met.count {
      if !met[index].isEmpty {
        units[index] += 1
        for path in met[index].indices where met[index][path] { counts[index][path] += 1 }
      } else if let row = decided.first(where: { $0.target.id == target.id }),
        let probability = row.probability
      {
        units[index] += 1
        if probability == 1 { for path in counts[index].indices { counts[index][path] += 1 } }
      }
    }
  }

  func rows(indicator: String) -> [UnitCount] {
    targets.indices.compactMap { index in
      guard units[index] > 0 else { return nil }
      let sorted = counts[index].sorted()
      func quantile(_ probability: Double) -> Int {
        Int(sorted[max(1, Int((probability * Double(sorted.count)).rounded(.up))) - 1])
      }
      return UnitCount(
        indicator: indicator, targetID: targets[index].id, units: units[index],
        p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9))
    }
  }
}
