public import Indicators
import Statistics

/// What each unit's gap adds to the province's gap to a target, and where each unit stands among
/// its like.
///
/// The weights follow the indicator's aggregation and add up to 1, so that the contributions,
/// `weight × gap`, add up to the province's gap as aggregated from the units
/// (``aggregatedGap(indicator:target:units:)``):
///
/// - ratio of sums: the unit's share of the denominators. Units without one have weight 0; where no
///   unit has one, all weigh the same.
/// - mean: all weigh the same.
/// - sum: the weight is the unit's share of the target, in proportion to the assigned values; a
///   unit that was assigned none counts as assigned the mean of the others, and where nobody was,
///   all have equal shares. The unit's part of the target is `weight × target`, its contribution
///   what is missing to that, and its gap the same taken up to the whole province,
///   `target − value ÷ weight`. (A unit assigned 0 has weight 0; its gap is its contribution.)
///
/// A gap is what is missing, above 0 where the target is not met, for targets from above and below
/// alike.
///
/// - Parameters:
///   - indicator: Gives aggregation, direction and bounds.
///   - target: Gives comparator and value; one without a value has no contributions.
///   - units: The units with their last values, in any order.
///   - standings: The second list, where it was made before; it depends on the indicator alone, so
///     make it once with ``peerStandings(indicator:units:direction:)`` for the targets of one
///     chain.
/// - Returns: A row for each unit with a value, the largest harmful contribution first, ties by
///   code; none where the province's value is not made from units.
public func contributions(
  indicator: Indicator, target: Target, units: [UnitValue], standings: [PeerStanding]? = nil
) -> [ContributionRow] {
  guard let goal = target.value, indicator.aggregation != .none else { return [] }
  let observed = units.observedInCodeOrder
  let direction = goalDirection(comparator: target.comparator, direction: indicator.direction)
  let weights = aggregationWeights(indicator.aggregation, units: observed.map(\.unit))
  let known = standings ?? peerStandings(indicator: indicator, units: units, direction: direction)
  let byUnit = Dictionary(known.map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })

  var rows: [ContributionRow] = []
  for (index, entry) in observed.enumerated() {
    let weight = weights[index]
    let gap: Double
    let contribution: Double
    if indicator.aggregation == .sum {
      contribution = (weight * goal - entry.value) * direction.sign
      gap = weight > 0 ? (goal - entry.value / weight) * direction.sign : contribution
    } else {
      gap = (goal - entry.value) * direction.sign
      contribution = weight * gap
    }
    let standing =
      byUnit[entry.unit.unit] ?? PeerStanding(unknown: entry.unit.unit, among: observed.count)
    rows.append(
      ContributionRow(
        indicator: indicator.code, targetID: target.id, unit: entry.unit.unit, weight: weight,
        gap: gap, contribution: contribution, differenceFromPeers: standing.difference,
        rank: standing.rank, rankLow: standing.rankLow, rankHigh: standing.rankHigh,
        isNamed: standing.isNamed))
  }
  return rows.sorted {
    $0.contribution != $1.contribution
      ? $0.contribution > $1.contribution : $0.unit < $1.unit
  }
}

/// The province's value as aggregated from the last values of the units, in the unit of the
/// indicator.
///
/// - Returns: `nil` where the province's value is not made from units or no unit has a value.
public func aggregatedValue(indicator: Indicator, units: [UnitValue]) -> Double? {
  let observed = units.observedInCodeOrder
  guard indicator.aggregation != .none, !observed.isEmpty else { return nil }
  if indicator.aggregation == .sum { return compensatedSum(observed.map(\.value)) }
  let weights = aggregationWeights(indicator.aggregation, units: observed.map(\.unit))
  return compensatedSum(zip(weights, observed).map { $0 * $1.value })
}

/// What is missing from the province's aggregated value to the target; ≤ 0 when it is met.
public func aggregatedGap(indicator: Indicator, target: Target, units: [UnitValue]) -> Double? {
  guard let goal = target.value, let value = aggregatedValue(indicator: indicator, units: units)
  else { return nil }
  let direction = goalDirection(comparator: target.comparator, direction: indicator.direction)
  return (goal - value) * direction.sign
}

/// The weight of each unit, adding up to 1.
private func aggregationWeights(_ aggregation: Aggregation, units: [UnitValue]) -> [Double] {
  let raw: [Double]
  switch aggregation {
  case .ratioOfSums:
    raw = units.map { positive($0.denominator) ?? 0 }
  case .sum:
    let assigned = units.compactMap { unit in unit.assigned.flatMap { $0 >= 0 ? $0 : nil } }
    let others = assigned.isEmpty ? 1 : mean(assigned)
    raw = units.map { unit in unit.assigned.flatMap { $0 >= 0 ? $0 : nil } ?? others }
  case .mean, .none:
    raw = units.map { _ in 1 }
  }
  let total = compensatedSum(raw)
  guard total > 0 else { return units.map { _ in 1 / Double(units.count) } }
  return raw.map { $0 / total }
}

private func positive(_ value: Double?) -> Double? {
  guard let value, value.isFinite, value > 0 else { return nil }
  return value
}
