import Forecasting
import Indicators
import TimeSeries

/// Walks the units below the province: each is projected once, answered for, and added to the province.
struct UnitSums {
  let run: IndicatorSensitivity
  let units: [UnitSeries]
  let effect: EffectInUse?
  let needsSums: Bool

  init(
    _ run: IndicatorSensitivity, units: [UnitSeries], effect: EffectInUse?, needsSums: Bool
  ) {
    self.run = run
    self.units = units
    self.effect = effect
    self.needsSums = needsSums && run.panel.indicator.aggregation != .none
  }

  /// - Parameters:
  ///   - each: Called with every unit that can be projected, in the order of unit codes.
  ///   - whole: Called at the end with the province, where it is its units added up.
  func walk(
    each: (UnitSeries, ShiftedUnit) -> Void, whole: (ShiftedProvince) -> Void
  ) {
    guard effect != nil || needsSums else { return }
    let aggregate = run.baseline.aggregate(of: units)
    let draws =
      effect?.draws ?? [Double](repeating: 0, count: run.settings.pathCount)
    let shares = effect == nil ? [0] : run.question.grid.shares
    var sums: ShiftedProvince?
    for series in units {
      guard let unit = run.shifted(series, effect: effect) else { continue }
      each(series, unit)
      guard needsSums else { continue }
      var total =
        sums
        ?? ShiftedProvince(
          link: run.baseline.link, range: run.panel.range, shares: shares,
          deadlines: deadlines(unit.projection),
          isSum: run.panel.indicator.aggregation == .sum)
      sums = nil
      total.add(
        unit, code: series.unit.code, last: series.last?.value, effects: draws,
        weight: aggregate.weight(of: series))
      sums = total
    }
    if let sums { whole(sums) }
  }

  private func deadlines(_ projection: UnitProjection) -> [Int] {
    Set(run.targets.compactMap { $0.deadline.flatMap(projection.index(of:)) }).sorted()
  }
}
