import Forecasting
import Indicators
import TimeSeries

extension ProjectionContext {
  /// What a late unit may report of the origin, and where its paths would then lead at one step; `nil` of units whose paths are
  /// simulated and not learned.
  func afterReports(
    _ series: UnitSeries, index: Int, count: Int
  ) -> [(report: Double, values: [Double]?)]? {
    let origin = series.origin(origin)
    guard series.provisionalPeriods == 0, let ranks = ranks[series.reported.frequency] else {
      return nil
    }
    let scores = ranks.scores(
      unit: series.unit.code, isAverage: series.unit.level.depth <= UnitLevel.province.depth)
    let link = Link.bounded(panel.range)
    let last = series.reported.lastObservedValue.map(link.forward) ?? 0
    let mayWait = series.reported.observedIndices.count >= 3
    let limit = SpikeFilter.unconfirmedThreshold * typicalStep
    return learned.afterReports(
      of: series, scores: scores, index: index, steps: grid.steps(after: origin), origin: origin,
      count: count,
      isBelieved: { !mayWait || limit <= 0 || abs(link.forward($0) - last) <= limit },
      sharedError: ranks.sharedError)
  }

  /// By how much a report of one unit moves the medians of the others at one step.
  func taught(
    by report: Double, of series: UnitSeries, middles: [LearnedPanels.Middle], index: Int
  ) -> [Double]? {
    let origin = series.origin(origin)
    let steps = grid.steps(after: origin)
    guard index < steps.count, let ranks = ranks[series.reported.frequency] else { return nil }
    return learned.taught(
      by: report, of: series, middles: middles, step: steps[index], origin: origin,
      sharedError: ranks.sharedError(steps[index]))
  }
}
