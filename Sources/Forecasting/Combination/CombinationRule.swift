/// How the distributions of several models become one.
///
/// A *mixture* averages probabilities: members that disagree make it wider than each of them. *Quantile averaging* (Vincentization)
/// averages the values at each probability: it stays as wide as its members are on average, and keeps their shape
/// ([LGW13] propositions 2–5). Members of one series that all miss the same way are what makes combined intervals too narrow; members that
/// differ in location only by chance are what makes a mixture too wide. Which of them is right is a matter of measurement; see
/// ``SeasonalEnsemble`` for the one on monthly series.
public enum CombinationRule: Hashable, Sendable {
  /// The linear pool.
  case mixture
  /// The linear pool of the members that are left when this share of the weight of members is dropped at either end of their medians
  /// ([JGL14] exterior trimming), step by step.
  case trimmedMixture(share: Double)
  /// The weighted mean of quantiles.
  case quantileMean
  /// The median of quantiles, which is also the median of distribution functions; weights do not count.
  case quantileMedian
  /// The mean of quantiles without this share of the members at either end; weights do not count.
  case quantileTrimmedMean(share: Double)
}

extension CombinationRule {
  /// One distribution out of several.
  ///
  /// - Parameters:
  ///   - parts: At least one.
  ///   - weights: One each, which add up to 1.
  /// - Returns: The distribution of the rule.
  func combine(_ parts: [PredictiveDistribution], weights: [Double]) -> PredictiveDistribution {
    switch self {
    case .mixture:
      return Self.mixture(parts, weights)
    case .trimmedMixture(let share):
      let medians = parts.map { $0.quantile(0.5) }
      let order = parts.indices.sorted { (medians[$0], $0) < (medians[$1], $1) }
      let kept = order.dropped(share).sorted()
      let total = kept.reduce(0) { $0 + weights[$1] }
      guard total > 0 else { return Self.mixture(parts, weights) }
      return Self.mixture(kept.map { parts[$0] }, kept.map { weights[$0] / total })
    case .quantileMean:
      return average(parts) { values in
        var sum = 0.0
        for (index, value) in values.enumerated() { sum += weights[index] * value }
        return sum
      }
    case .quantileMedian:
      return average(parts) { values in
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
          ? sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2 : sorted[half]
      }
    case .quantileTrimmedMean(let share):
      return average(parts) { values in
        let kept = values.sorted().dropped(share)
        return kept.reduce(0) { $0 + $1 / Double(kept.count) }
      }
    }
  }

  private static func mixture(
    _ parts: [PredictiveDistribution], _ weights: [Double]
  ) -> PredictiveDistribution {
    var components: [PredictiveDistribution.Component] = []
    for (part, weight) in zip(parts, weights) where weight > 0 {
      components += part.components.map { component in
        var share = component
        share.weight *= weight
        return share
      }
    }
    return PredictiveDistribution(
      components: components, range: parts[0].range, isWholeNumber: parts[0].isWholeNumber)
  }

  private func average(
    _ parts: [PredictiveDistribution], _ middle: ([Double]) -> Double
  ) -> PredictiveDistribution {
    let grids = parts.map { $0.gridQuantiles() }
    var column = [Double](repeating: 0, count: grids.count)
    var values = [Double](repeating: 0, count: QuantileGrid.probabilities.count)
    for place in values.indices {
      for (member, grid) in grids.enumerated() { column[member] = grid[place] }
      values[place] = middle(column)
    }
    return PredictiveDistribution(
      gridQuantiles: values, range: parts[0].range, isWholeNumber: parts[0].isWholeNumber)
  }
}

extension Array {
  /// The elements without a share of them at either end, at least one.
  fileprivate func dropped(_ share: Double) -> [Element] {
    let most = (count - 1) / 2
    let out = Swift.min(Int((Swift.max(share, 0) * Double(count)).rounded(.down)), most)
    return Array(self[out..<(count - out)])
  }
}
