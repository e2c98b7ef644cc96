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
  /// Paces, likely deadlines and scorecard classes.
  public var planner: [PlannerRow] = []
  /// What each unit must reach.
  public var allocations: [AllocationRow] = []
  /// Whom to phone first.
  public var priorities: [PriorityRow] = []
  /// How the ways of making province and units agree have done.
  public var reconciliations: [ReconciliationRow] = []
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

  /// - Parameters:
  ///   - catalogue: Targets, units, baselines, assignments.
  ///   - panel: The indicator's units.
  ///   - settings: The settings of the run.
  ///   - isChecked: Whether the forecasts are checked against the past.
  init(
    catalogue: Catalogue, panel: IndicatorPanel, settings: AssessmentSettings,
    isChecked: Bool = true
  ) async {
    self.catalogue = catalogue
    self.panel = panel
    self.settings = settings
    let context = ProjectionContext(panel: panel, settings: settings)
    self.context = context
    calibration =
      isChecked
      ? await PseudoQuestions.check(
        panel, settings: settings, learned: context.learned, threads: settings.threads) : []
  }

  /// What one unit's paths leave behind.
  fileprivate struct UnitResult: Sendable {
    let series: UnitSeries
    var projection: UnitProjection?
    var rows: [ProjectionRow] = []
    var attainments: [TargetAttainment] = []
    /// By target index: how each path meets it at the deadline; empty where that is decided or unknown.
    var met: [[Bool]] = []
    var planner: [PlannerRow] = []
  }

  func assess() async -> IndicatorAssessment {
    var result = IndicatorAssessment()
    result.calibration = calibration
    let targets = catalogue.chain(of: panel.indicator.code)
      .filter { $0.comparator != .heading }
    let live = panel.units.filter { isLive($0.unit) }
    let below = live.filter { $0.unit.level.depth > UnitLevel.province.depth }
    let summed = bottom(below)
    var aggregate = ProvinceAggregate(panel: panel, units: summed, context: context)
    var formers = formerProvinces(of: summed, like: aggregate)
    let reconciliation = reconcile(summed, &aggregate, &formers, rows: &result.reconciliations)
    var joint = JointValues(targets: targets)
    var counts = UnitTally(targets: targets, pathCount: settings.pathCount)
    var unitRows = IndicatorAssessment()
    // The province follows its units: its published figure is theirs and a gap.
    let units = live.filter { $0.unit.level != .province }
    let codes = Set(summed.map(\.unit.code))
    await inOrder(units.count, width: settings.threads) { index in
      unitResult(
        units[index], targets: targets,
        projection: reconciliation.flatMap { moves in
          context.project(units[index]).map { moves.moved($0, of: units[index].unit.code) }
        })
    } take: { unit in
      let level = unit.series.unit.level
      if level == .country {
        result.add(unit)
        return
      }
      result.projections += unit.rows
      unitRows.add(unit, withProjections: false)
      counts.add(unit.met, decided: unit.attainments)
      guard let projection = unit.projection, codes.contains(unit.series.unit.code) else { return }
      aggregate.add(projection, of: unit.series)
      for place in formers.indices where formers[place].unit.code == unit.series.unit.parent {
        formers[place].aggregate.add(projection, of: unit.series)
      }
      if settings.plansAhead, panel.indicator.aggregation != .none {
        joint.add(projection, of: unit.series, weight: aggregate.weight(of: unit.series))
      }
    }
    // Units whose validity has ended are shown as history; the units that followed them are forecast.
    for series in panel.units where !isLive(series.unit) { result.projections += history(series) }
    addProvince(aggregate, joint: joint, targets: targets, live: live, to: &result)
    for former in formers {
      addFormerProvince(former.unit, former.aggregate, targets: targets, to: &result)
    }
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
    result.attainments += unitRows.attainments
    result.planner += unitRows.planner
    result.unitCounts = counts.rows(indicator: panel.indicator.code)
    return result
  }

  func isLive(_ unit: ReportingUnit) -> Bool {
    guard let end = unit.validTo, let last = settings.origin.lastDay else { return true }
    return end >= last
  }

  /// The rows of one unit; `given` holds the paths of a series that is made from others, `nil` fits its own.
  private func unitResult(
    _ series: UnitSeries, targets: [Target], projection given: UnitProjection? = nil
  ) -> UnitResult {
    var result = UnitResult(series: series)
    result.rows = history(series)
    guard let projection = given ?? context.project(series) else {
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
      result.planner.append(
        PlannerRow(row, known: known, projection: projection, indicator: panel.indicator))
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
  func unforecastable(_ target: Target) -> String? {
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

  /// The province: its published figure or, where nobody publishes one, its units added up.
  private func addProvince(
    _ aggregate: ProvinceAggregate, joint: JointValues, targets: [Target], live: [UnitSeries],
    to result: inout IndicatorAssessment
  ) {
    let added = aggregate.projection()
    for published in live where published.unit.level == .province {
      let settled = added.flatMap { settlement(published, over: aggregate, projection: $0) }
      result.add(unitResult(published, targets: targets, projection: settled?.projection))
      guard let settled else { continue }
      addPlans(
        joint, projection: settled.projection, gap: settled.gap, province: published.unit.code,
        targets: targets, to: &result)
    }
    guard !live.contains(where: { $0.unit.level == .province }), let added,
      let province = catalogue.units.last(where: { $0.level == .province }),
      let series = aggregate.history(of: province)
    else { return }
    result.add(unitResult(series, targets: targets, projection: added))
    addPlans(
      joint, projection: added, gap: nil, province: province.code, targets: targets, to: &result)
  }

  /// A former province, added up from its units; where its own figures are known they stand as its past.
  private func addFormerProvince(
    _ unit: ReportingUnit, _ aggregate: ProvinceAggregate, targets: [Target],
    to result: inout IndicatorAssessment
  ) {
    guard !panel.units.contains(where: { $0.unit.code == unit.code && isLive($0.unit) }),
      let projection = aggregate.projection(), let series = aggregate.history(of: unit)
    else { return }
    var added = unitResult(series, targets: targets, projection: projection)
    let known = Set(result.projections.lazy.filter { $0.unit == unit.code }.map(\.period))
    added.rows.removeAll { $0.kind == .history && known.contains($0.period) }
    result.add(added)
  }
}

extension IndicatorAssessment {
  /// Adds what one unit's paths have left behind.
  fileprivate mutating func add(
    _ unit: IndicatorRun.UnitResult, withProjections: Bool = true
  ) {
    if withProjections { projections += unit.rows }
    attainments += unit.attainments
    planner += unit.planner
  }
}
