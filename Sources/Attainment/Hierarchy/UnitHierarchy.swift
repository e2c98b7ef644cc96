import Forecasting
import Indicators
import LinearAlgebra
import TimeSeries

/// The units of one indicator, the former provinces above them and the province: what adds up to what, and with which weights.
///
/// Values times weights add up: numerators of a ratio of sums by its denominators, the values themselves of a sum or mean.
struct UnitHierarchy: Sendable {
  let range: ValueRange
  /// The province first, then former provinces by code.
  let above: [ReportingUnit]
  let hierarchy: Hierarchy
  /// By unit.
  let weights: [Double]
  /// By what lies above: what its sum is divided by.
  let divisors: [Double]

  /// `nil` without a province or with fewer than two units.
  init?(
    province: ReportingUnit?, formers: [ReportingUnit], units: [UnitSeries],
    weights: [Double], isSum: Bool, range: ValueRange
  ) {
    guard let province, units.count > 1 else { return nil }
    // A former province that is all units, or one of them, says nothing new.
    let parts = formers.map { former in
      units.indices.filter { units[$0].unit.parent == former.code }
    }
    let kept = formers.indices.filter { parts[$0].count > 1 && parts[$0].count < units.count }
    let all = [Array(units.indices)] + kept.map { parts[$0] }
    do throws(ReconciliationError) {
      hierarchy = try Hierarchy(bottomCount: units.count, aggregates: all)
    } catch { return nil }
    self.range = range
    self.weights = weights
    above = [province] + kept.map { formers[$0] }
    divisors = all.map { members in isSum ? 1 : members.reduce(0) { $0 + weights[$1] } }
  }

  /// The series of what lies above the units, in their own unit of measure; periods in which units of a tenth of the
  /// weight were never heard of are missing, others keep their last value.
  func aggregates(_ series: [Series], from start: Period, count: Int) -> [Series] {
    let filled = series.map { Self.carried($0, from: start, count: count) }
    return hierarchy.aggregates.enumerated().map { place, members in
      let whole = members.reduce(0) { $0 + weights[$1] }
      let isSum = divisors[place] == 1 && whole != 1
      let values = (0..<count).map { step -> Double in
        var (sum, covered) = (0.0, 0.0)
        for member in members where !filled[member][step].isNaN {
          sum += weights[member] * filled[member][step]
          covered += weights[member]
        }
        guard covered >= 0.9 * whole, covered > 0 else { return .nan }
        return isSum ? sum * whole / covered : sum / covered
      }
      return Series(start: start, values: values)
    }
  }

  /// Values kept until the next one.
  private static func carried(_ series: Series, from start: Period, count: Int) -> [Double] {
    var last = Double.nan
    return (0..<count).map { step in
      let value = series[start.advanced(by: step)]
      if !value.isNaN { last = value }
      return last
    }
  }

  /// Base values of all series on the scale on which they add up, aggregates first.
  func scaled(above values: [Double], units: [Double]) -> [Double] {
    zip(values, divisors).map { $0 * $1 } + zip(units, weights).map { $0 * $1 }
  }

  /// What the errors of one-step forecasts by a straight drift were, on the scale on which values add up:
  /// `[series][time]`, aggregates first.
  func residuals(_ units: [Series], from start: Period, count: Int) -> [[Double]] {
    let above = aggregates(units, from: start, count: count)
    func errors(_ series: Series, _ factor: Double) -> [Double] {
      let changes = (1..<max(count, 1)).map { step in
        factor
          * (series[start.advanced(by: step)] - series[start.advanced(by: step - 1)])
      }
      let known = changes.filter { !$0.isNaN }
      let mean = known.reduce(0, +) / Double(max(known.count, 1))
      return changes.map { $0 - mean }
    }
    return zip(above, divisors).map(errors) + zip(units, weights).map(errors)
  }

  /// How a method moves base forecasts; `nil` where its covariance cannot be estimated, and of bottom-up.
  func reconciliation(
    _ method: ReconciliationMethod, residuals: [[Double]]
  ) -> Reconciliation? {
    do throws(ReconciliationError) {
      switch method {
      case .bottomUp: return nil
      case .leastSquares: return try Reconciliation(hierarchy, errors: .identity)
      case .weighted:
        return try Reconciliation(hierarchy, errors: .variances(ofResiduals: residuals))
      case .minimumTrace:
        return try Reconciliation(hierarchy, errors: .shrunk(residuals: residuals))
      }
    } catch { return nil }
  }

  /// Reconciled values of the units within their bounds, and what lies above them, in their own unit of measure.
  func reconciled(
    _ method: ReconciliationMethod, _ reconciliation: Reconciliation?, above: [Double],
    units: [Double]
  ) -> (above: [Double], units: [Double])? {
    var moved = units
    if method != .bottomUp {
      guard let reconciliation else { return nil }
      let base = scaled(above: above, units: units)
      let sums = hierarchy.aggregated(Array(base[above.count...]))
      let excess = above.indices.map { base[$0] - sums[$0] }
      let moves = reconciliation.bottomMoves(excess: excess)
      for place in moved.indices {
        moved[place] = range.clamp(moved[place] + moves[place] / weights[place])
      }
    }
    let sums = hierarchy.aggregated(zip(moved, weights).map { $0 * $1 })
    return (divisors.indices.map { sums[$0] / divisors[$0] }, moved)
  }
}
