/// How a sample quantile is taken between two order statistics.
///
/// R. J. Hyndman and Y. Fan, The American Statistician 50 (1996).
public enum QuantileType: Hashable, Sendable {
  /// Type 7: the position 1 + (n − 1) p; the default of R and numpy.
  case type7
  /// Type 8: the position ⅓ + (n + ⅓) p; about median-unbiased for every distribution.
  case type8
}

/// The inverse of the empirical distribution function at ascending probabilities.
///
/// Each result is the k-th smallest value with k = ⌈p n⌉, at least 1: a value of the sample, never a
/// mean of two. A product p n that is whole but for rounding counts as whole.
///
/// - Parameters:
///   - values: n ≥ 1 numbers, none NaN, reordered by the call.
///   - probabilities: From 0 to 1, ascending.
/// - Returns: A value for each probability.
/// - Complexity: O(n log m) for m probabilities on average, by selection.
public func inverseCDFQuantiles(
  _ values: inout [Double], probabilities: [Double]
) -> [Double] {
  precondition(!values.isEmpty, "quantiles need at least one value")
  let n = Double(values.count)
  var ranks: [Int] = []
  ranks.reserveCapacity(probabilities.count)
  for p in probabilities {
    requireProbability(p)
    let position = p * n
    let rank = Int((position - 4 * position.ulp).rounded(.up))
    ranks.append(max(1, min(values.count, rank)) - 1)
    precondition(
      ranks.count < 2 || ranks[ranks.count - 2] <= ranks[ranks.count - 1],
      "the probabilities have to ascend")
  }
  Selection.place(&values, ranks: ranks)
  return ranks.map { values[$0] }
}

/// A sample quantile by linear interpolation between two order statistics.
///
/// - Parameters:
///   - values: At least one number, in any order, none NaN.
///   - probability: From 0 to 1.
///   - type: Where between the values the quantile lies.
/// - Returns: A number from the least to the greatest value.
public func quantile(
  _ values: [Double], probability: Double, type: QuantileType = .type7
) -> Double {
  precondition(!values.isEmpty, "a quantile needs at least one value")
  requireProbability(probability)
  let n = Double(values.count)
  let position =
    switch type {
    case .type7: (n - 1) * probability
    case .type8: (n + 1.0 / 3) * probability - 2.0 / 3
    }
  let place = max(0, min(n - 1, position))
  let below = Int(place)
  let above = min(below + 1, values.count - 1)
  var copy = values
  Selection.place(&copy, ranks: [below, above])
  let fraction = place - Double(below)
  if fraction == 0 { return copy[below] }
  return copy[below] + fraction * (copy[above] - copy[below])
}

/// The middle value, or the mean of both middle values.
public func median(_ values: [Double]) -> Double {
  quantile(values, probability: 0.5, type: .type7)
}

/// The median distance from the median times 1.4826, which estimates the standard deviation of a
/// normal sample.
public func medianAbsoluteDeviation(_ values: [Double]) -> Double {
  let centre = median(values)
  return 1.482602218505602 * median(values.map { abs($0 - centre) })
}

/// Quantiles of weighted values: the least value at which the summed weights reach p times their sum.
///
/// - Parameters:
///   - sortedValues: Ascending numbers.
///   - weights: A weight ≥ 0 each, not all 0.
///   - probabilities: From 0 to 1, in any order.
/// - Returns: A value for each probability.
public func weightedQuantiles(
  _ sortedValues: [Double], weights: [Double], probabilities: [Double]
) -> [Double] {
  precondition(
    !sortedValues.isEmpty && sortedValues.count == weights.count,
    "each of one or more values needs a weight")
  var sum = CompensatedSum()
  var reached: [Double] = []
  reached.reserveCapacity(weights.count)
  for weight in weights {
    precondition(weight >= 0, "a weight is not negative")
    sum.add(weight)
    reached.append(sum.value)
  }
  let total = sum.value
  precondition(total > 0 && total.isFinite, "the weights need a finite sum above 0")
  return probabilities.map { p in
    requireProbability(p)
    let wanted = p * total * (1 - 4 * Double.ulpOfOne)
    // The first value of positive weight at which the sum reaches what is wanted.
    var low = 0
    var high = reached.count - 1
    while low < high {
      let middle = (low + high) / 2
      if reached[middle] >= wanted && reached[middle] > 0 {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return sortedValues[low]
  }
}
