import Forecasting
import Indicators
import TimeSeries

extension IndicatorRun {
  /// The rows of allocation and priorities for the province's targets that are made from units and still open.
  func addPlans(
    _ joint: JointValues, projection: UnitProjection, gap: SettlingGap?, province: String,
    targets: [Target], to result: inout IndicatorAssessment
  ) {
    guard settings.plansAhead, joint.members.count > 1 else { return }
    for target in targets where unforecastable(target) == nil {
      guard let deadline = target.deadline, let index = projection.index(of: deadline),
        let row = result.attainments.last(where: {
          $0.target.id == target.id && $0.unit == province
        }), let probability = row.probability, probability > 0, probability < 1,
        let rule = TargetRule(
          comparator: target.comparator, value: target.value, highValue: target.highValue,
          direction: panel.indicator.direction),
        let open = DeadlinePanel(
          target: target, rule: rule, panel: panel, joint: joint, index: index, gap: gap)
      else { continue }
      result.allocations += allocation(open, province: province)
      result.priorities +=
        CallPriorities(
          open, indicator: panel.indicator, origin: panel.origin, context: context
        ).rows()
    }
  }

  private func allocation(_ open: DeadlinePanel, province: String) -> [AllocationRow] {
    let fair = FairAllocation(open, wanted: settings.allocationProbability)
    func row(_ unit: String) -> AllocationRow {
      AllocationRow(
        indicator: panel.indicator.code, targetID: open.target.id, unit: unit,
        deadline: open.target.deadline, status: fair.status, probability: fair.probability,
        probabilityReached: fair.probabilityReached)
    }
    var whole = row(province)
    whole.percentile = fair.percentile(pathCount: open.pathCount)
    guard fair.status != .alreadyLikely else { return [whole] }
    return [whole]
      + open.members.indices.map { place in
        let series = open.members[place].series
        var unit = row(series.unit.code)
        unit.required = fair.required[place]
        unit.percentile = whole.percentile
        unit.lastValue = series.last?.value
        unit.floor = fair.spans[place].floor
        unit.ceiling = fair.spans[place].ceiling
        addPace(to: &unit, series: series, rule: open.rule)
        return unit
      }
  }

  private func addPace(to row: inout AllocationRow, series: UnitSeries, rule: TargetRule) {
    guard let last = series.last, let deadline = row.deadline, let asked = row.required else {
      return
    }
    let isReset =
      panel.indicator.kind == .yearToDateCount && last.period.year != deadline.components.year
    let left = deadline.month.ordinal - last.period.lastMonthOrdinal
    let months = isReset ? min(left, deadline.components.month) : left
    let direction: Direction = rule.isUpward ? .up : .down
    guard
      let pace = requiredPace(
        last: isReset ? 0 : last.value, target: asked, months: months, direction: direction)
    else { return }
    row.requiredPace = pace
    row.pacePercentile = context.pastPaces.percentile(
      required: pace, months: months, direction: direction)
  }
}
