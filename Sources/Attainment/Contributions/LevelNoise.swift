import Indicators
import Statistics

/// The variance of a unit's last level about its lasting level, in the unit of the indicator
/// squared.
///
/// Two sources, of which the larger counts (the second partly holds the first):
/// - counting noise: binomial for a share with its counts, `c² p (1 − p) / n` with
///   `p = (numerator + 1) / (n + 2)` so that 0 % and 100 % are not taken as certain, and `c` the
///   scale of the value (100 for percents); Poisson for counts that add up to the province's;
/// - noise from month to month: half the variance of one-step changes about their median, from
///   their median absolute deviation, where a unit has at least three. It is drawn towards the
///   median of all units with the weight of four changes, because a few changes tell little.
///
/// A unit without either, or with none to be seen, gets the median of the others.
///
/// - Returns: One variance > 0 for each unit; `nil` when no unit's noise can be told.
func levelNoise(
  indicator: Indicator, units: [(unit: UnitValue, value: Double)]
) -> [Double]? {
  let changes = units.map { oneStepChanges($0.unit.history) }
  let monthly = changes.map { changes -> Double? in
    guard changes.count >= 3 else { return nil }
    let deviation = medianAbsoluteDeviation(changes)
    return deviation * deviation / 2
  }
  let told = monthly.compactMap(\.self)
  let pooled = told.isEmpty ? nil : median(told)
  let known = units.indices.map { index -> Double in
    let counting = countingVariance(indicator, units[index].unit, value: units[index].value) ?? 0
    guard let pooled else { return counting }
    let freedom = monthly[index] == nil ? 0 : Double(changes[index].count - 1)
    let own = monthly[index] ?? pooled
    return max(counting, (4 * pooled + freedom * own) / (4 + freedom))
  }
  let seen = known.filter { $0 > 0 }
  guard !seen.isEmpty else { return nil }
  let typical = median(seen)
  return known.map { $0 > 0 ? $0 : typical }
}

/// The changes between neighbouring values that are both observed.
private func oneStepChanges(_ history: [Double]) -> [Double] {
  zip(history.dropFirst(), history).compactMap { later, earlier in
    (later - earlier).isFinite ? later - earlier : nil
  }
}

private func countingVariance(
  _ indicator: Indicator, _ unit: UnitValue, value: Double
) -> Double? {
  if let numerator = unit.numerator, let denominator = unit.denominator, denominator > 0,
    numerator >= 0
  {
    let scale =
      numerator > 0 ? value * denominator / numerator : indicator.bounds.upper ?? 100
    // A stale denominator can lie below its numerator: such a share is taken as full.
    let share = (min(numerator, denominator) + 1) / (denominator + 2)
    return scale * scale * share * (1 - share) / denominator
  }
  if indicator.aggregation == .sum {
    switch indicator.kind {
    case .yearToDateCount, .stock, .milestone: return max(value, 1)
    default: return nil
    }
  }
  return nil
}
