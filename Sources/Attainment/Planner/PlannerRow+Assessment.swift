import Forecasting
import Indicators
import TimeSeries

extension PlannerRow {
  /// The probability that makes a deadline likely.
  static let likely = 0.8

  /// What the planner is told beside an attainment.
  ///
  /// - Parameters:
  ///   - row: The attainment, with its paces.
  ///   - known: What is known of the unit's series.
  ///   - projection: The paths the attainment was read from.
  ///   - indicator: The catalogue's line.
  init(
    _ row: TargetAttainment, known: TargetAssessment.Known, projection: UnitProjection,
    indicator: Indicator
  ) {
    self.init(
      indicator: row.indicator, unit: row.unit, targetID: row.target.id,
      deadline: row.target.deadline)
    probability = row.probability
    requiredPace = row.requiredPace
    recentPace = row.recentPace
    if let required = row.requiredPace, let recent = row.recentPace {
      paceRatio = Attainment.paceRatio(required: required, recent: recent)
    }
    pacePercentile = row.pacePercentile
    roadmapCompletion = row.roadmapCompletion
    roadmap = row.roadmapCompletion.map { RoadmapClass(completion: $0) }
    guard
      let rule = TargetRule(
        comparator: row.target.comparator, value: row.targetValue,
        highValue: row.target.highValue, direction: indicator.direction)
    else { return }
    deadlineP80 =
      row.probability == 1
      ? row.reachDateP50 : Self.firstLikely(projection, rule: rule, atLeast: Self.likely)
    guard let deadline = row.target.deadline,
      let series = Self.scored(known, deadline: deadline, kind: indicator.kind)
    else { return }
    let direction: Direction = rule.isUpward ? .up : .down
    escap = Scorecard.escap(
      series: series, target: rule.value, deadline: deadline.month, direction: direction)
    eurostat = Scorecard.eurostat(
      series: series, target: rule.value, deadline: deadline.month, direction: direction)
    linearExtrapolation = Scorecard.linearExtrapolation(
      series: series, target: rule.value, deadline: deadline.month, direction: direction)
  }

  /// The first period at which enough paths meet the target.
  static func firstLikely(
    _ projection: UnitProjection, rule: TargetRule, atLeast wanted: Double
  ) -> Period? {
    let paths = projection.paths
    let index = (0..<paths.stepCount).first { step in
      let row = paths.row(step)
      let hits = row.reduce(0) { $0 + (rule.isMet(by: $1) ? 1 : 0) }
      return PathAttainment.probability(hits: hits, of: paths.pathCount) >= wanted
    }
    return index.map { projection.period(at: $0) }
  }

  /// The series that a scorecard would look at; a count that starts again in January is one year long, from 0.
  private static func scored(
    _ known: TargetAssessment.Known, deadline: Day, kind: IndicatorKind
  ) -> Series? {
    guard kind == .yearToDateCount else { return known.level }
    guard let series = known.series, let last = series.lastObservedPeriod,
      last.year == deadline.components.year, series.frequency.periodsPerYear > 0
    else { return nil }
    let position = last.positionInYear
    let values = (0..<position).map { series[last.advanced(by: $0 + 1 - position)] }
    return Series(start: last.advanced(by: -position), values: [0] + values)
  }
}
