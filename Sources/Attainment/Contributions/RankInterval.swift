import RealModule

/// A level that is known up to normal noise.
struct UncertainLevel {
  var mean: Double
  var deviation: Double

  /// The probability that the level lies below `x`.
  fileprivate func probability(below x: Double) -> Double {
    Double.erfc((mean - x) / (deviation * Double.sqrt(2))) / 2
  }
}

/// The central 80 % intervals of the ranks of independent uncertain levels, the lowest level having
/// rank 1.
///
/// Given a unit's level the others lie below it independently of each other, so its rank follows a
/// sum of unequal Bernoulli trials, which is computed exactly; the unit's own level is integrated
/// over by the trapezoidal rule at 33 points within four standard deviations. Nothing is drawn at
/// random.
///
/// - Parameter levels: Means and standard deviations > 0.
/// - Returns: For each level the 10 % and 90 % quantiles of its rank (inverse CDF), 1...count.
/// - Complexity: O(33 n³) for n levels that all overlap; levels that do not overlap cost next to
///   nothing.
func rankIntervals(_ levels: [UncertainLevel]) -> [(low: Int, high: Int)] {
  let nodes = (-16...16).map { Double($0) / 4 }
  let densities = nodes.map { Double.exp(-$0 * $0 / 2) }
  let total = densities.reduce(0, +)
  return levels.indices.map { index in
    var mixture = [Double](repeating: 0, count: levels.count)
    for (node, density) in zip(nodes, densities) {
      let level = levels[index].mean + node * levels[index].deviation
      addRankDistribution(
        of: level, among: levels, without: index, weight: density / total, to: &mixture)
    }
    return (quantile(mixture, 0.1), quantile(mixture, 0.9))
  }
}

/// Adds the distribution of 1 + the number of other levels below a given one.
private func addRankDistribution(
  of level: Double, among levels: [UncertainLevel], without index: Int, weight: Double,
  to mixture: inout [Double]
) {
  // Trials that are as good as certain shift the sum; only the others have to be convolved.
  var certain = 0
  var distribution = [Double](repeating: 0, count: levels.count)
  distribution[0] = 1
  var trials = 0
  for other in levels.indices where other != index {
    let below = levels[other].probability(below: level)
    if below < 1e-10 { continue }
    if below > 1 - 1e-10 {
      certain += 1
      continue
    }
    trials += 1
    for count in stride(from: trials, to: 0, by: -1) {
      distribution[count] = distribution[count] * (1 - below) + distribution[count - 1] * below
    }
    distribution[0] *= 1 - below
  }
  for count in 0...trials { mixture[certain + count] += weight * distribution[count] }
}

private func quantile(_ distribution: [Double], _ probability: Double) -> Int {
  var cumulative = 0.0
  for (index, mass) in distribution.enumerated() {
    cumulative += mass
    if cumulative >= probability { return index + 1 }
  }
  return distribution.count
}
