import Forecasting
import Indicators
import Statistics
import TimeSeries

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
  func addContributions(
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
