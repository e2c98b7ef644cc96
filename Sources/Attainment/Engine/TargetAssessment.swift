import Forecasting
import Indicators
import TimeSeries

/// Reads everything said of one target for one unit from that unit's joint paths.
struct TargetAssessment {
  /// What is known of a unit's series besides its paths.
  struct Known {
    var last: (period: Period, value: Double)?
    var status: ObservationStatus?
    /// The reported series.
    var series: Series?
    /// Its periods whose value is an estimate.
    var estimated: Set<Period>
    /// The same as one continuous level, for paces.
    var level: Series?
    var baseline: Baseline?
    /// The past paces of all units, for the percentile of a pace.
    var pastPaces: PastPaces
    var observations: Int
    /// What has to be said about the series.
    var notes: [String]
  }

  let indicator: Indicator
  let settings: AssessmentSettings
  let calibration: CalibrationSummary

  /// The row of one target, and how each path meets it.
  func assess(
    target: Target, unit: String, basis: TargetBasis, value: Double?, known: Known,
    projection: UnitProjection, summary: PathSummary
  ) -> (row: TargetAttainment, paths: PathAttainment?) {
    var row = TargetAttainment(
      indicator: indicator.code, unit: unit, target: target, basis: basis)
    row.targetValue = value
    row.model = projection.model
    row.origin = settings.origin
    row.isSynthetic = settings.isSynthetic
    describe(known, in: &row)
    guard
      let rule = TargetRule(
        comparator: target.comparator, value: value, highValue: target.highValue,
        direction: indicator.direction), let deadline = target.deadline
    else {
      row.note = "no value or no deadline"
      return (row, nil)
    }
    if let last = known.last { row.gap = rule.gap(from: last.value) }
    addPaces(rule: rule, deadline: deadline, known: known, to: &row)
    if decide(rule: rule, deadline: deadline, known: known, in: &row) { return (row, nil) }
    guard let index = projection.index(of: deadline) else {
      let isPast = deadline.month.containing(projection.origin.frequency).map {
        $0 <= projection.origin
      }
      row.note =
        isPast == true
        ? "the deadline has passed and its figure is not final"
        : "the deadline lies beyond the projection"
      return (row, nil)
    }
    let met = PathAttainment(projection.paths, rule: rule, deadlineIndex: index)
    row.probability = met.probability
    let isMetNow = known.last.map { rule.isMet(by: $0.value) } ?? false
    row.probabilityReachBy = isMetNow ? 1 : met.probabilityReachBy
    addHighEnd(target: target, projection: projection, index: index, to: &row)
    row.expected = summary.means[index]
    row.p10 = summary.quantile(percent: 10, at: index)
    row.p90 = summary.quantile(percent: 90, at: index)
    addReachDates(met, projection: projection, metAt: isMetNow ? known.last?.period : nil, to: &row)
    grade(&row, known: known, projection: projection, index: index)
    return (row, met)
  }

  private func describe(_ known: Known, in row: inout TargetAttainment) {
    row.baselinePeriod = known.baseline?.period
    row.baselineValue = known.baseline?.value
    row.lastPeriod = known.last?.period
    row.lastValue = known.last?.value
    row.settlementStatus = known.status
  }

  private func addPaces(
    rule: TargetRule, deadline: Day, known: Known, to row: inout TargetAttainment
  ) {
    guard let last = known.last else { return }
    // Year-to-date counts start again in January: only the months of the deadline's own year count.
    let isReset =
      indicator.kind == .yearToDateCount && last.period.year != deadline.components.year
    let left = deadline.month.ordinal - last.period.lastMonthOrdinal
    let months = isReset ? min(left, deadline.components.month) : left
    guard months > 0 else { return }
    let direction: Direction = rule.isUpward ? .up : .down
    if let required = requiredPace(
      last: isReset ? 0 : last.value, target: rule.value, months: months, direction: direction)
    {
      row.requiredPace = required
      if !isReset, let level = known.level {
        row.recentPace = recentPace(series: level)
        row.pacePercentile = known.pastPaces.percentile(
          required: required, months: months, direction: direction)
      }
    }
    if let baseline = known.baseline {
      row.roadmapCompletion = roadmapCompletion(
        baseline: (period: baseline.period, value: baseline.value), last: last, target: rule.value,
        deadline: deadline, direction: direction)
    }
  }

  /// Whether data have decided the target: the deadline's own figure is known and final.
  private func decide(
    rule: TargetRule, deadline: Day, known: Known, in row: inout TargetAttainment
  ) -> Bool {
    guard let last = known.last,
      let due = deadline.month.containing(last.period.frequency)
    else { return false }
    let isMet: Bool
    if last.period >= due {
      guard let value = known.series?[due], !value.isNaN, !known.estimated.contains(due) else {
        return false
      }
      isMet = rule.isMet(by: value)
    } else if indicator.kind == .milestone && known.status != .estimate
      && rule.isMet(by: last.value)
    {
      isMet = true
    } else {
      return false
    }
    row.probability = isMet ? 1 : 0
    row.probabilityReachBy = isMet ? 1 : 0
    row.expected = known.series?[due]
    row.status = attainmentStatus(probability: row.probability, isDecided: true, isMet: isMet)
    row.grade = .a
    row.note = "decided by the published figure"
    return true
  }

  private func addHighEnd(
    target: Target, projection: UnitProjection, index: Int, to row: inout TargetAttainment
  ) {
    guard target.comparator == .range, let high = target.highValue, let low = target.value else {
      return
    }
    let isUpward = indicator.direction == .up
    let rule = TargetRule(isUpward: isUpward, value: isUpward ? high : low)
    row.probabilityHigh =
      PathAttainment(projection.paths, rule: rule, deadlineIndex: index).probability
  }

  private func addReachDates(
    _ met: PathAttainment, projection: UnitProjection, metAt: Period?,
    to row: inout TargetAttainment
  ) {
    func date(_ probability: Double) -> Period? {
      metAt
        ?? met.reachIndex(probability, stepCount: projection.steps.count).map {
          projection.period(at: $0)
        }
    }
    row.reachDateP10 = date(0.1)
    row.reachDateP50 = date(0.5)
    row.reachDateP90 = date(0.9)
  }

  private func grade(
    _ row: inout TargetAttainment, known: Known, projection: UnitProjection, index: Int
  ) {
    // A late series has further to go than the origin says.
    let horizon =
      known.last.flatMap { $0.period.distance(to: projection.period(at: index)) }
      ?? projection.steps[index]
    let checked = calibration.nearest(horizon: horizon)
    row.checkedQuestions = checked?.questions ?? 0
    row.grade = gradeForecast(
      observations: known.observations, horizonSteps: horizon,
      historySteps: known.series?.count ?? 0, checkedQuestions: row.checkedQuestions,
      skill: checked?.skill, isWeaklyDefined: indicator.isWeaklyDefined)
    row.status = attainmentStatus(
      probability: row.probability, isDecided: false, isMet: false)
    row.note =
      (known.notes + projection.notes + (indicator.isWeaklyDefined ? ["weak definition"] : []))
      .joined(separator: "; ")
  }
}

/// The checks of one indicator, by horizon.
struct CalibrationSummary: Sendable {
  let rows: [CalibrationRow]

  /// The checks at the nearest horizon not shorter than half the one asked for; `nil` where nothing was checked near it.
  func nearest(horizon: Int) -> (questions: Int, skill: Double?)? {
    let near = rows.filter { 2 * $0.horizon >= horizon }
      .min { abs($0.horizon - horizon) < abs($1.horizon - horizon) }
    return near.map { row in
      let skill = row.brierBaseRate > 0 ? 1 - row.brier / row.brierBaseRate : nil
      return (row.questions, skill)
    }
  }
}
