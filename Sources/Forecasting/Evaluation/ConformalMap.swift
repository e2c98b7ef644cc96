import RealModule
import Statistics

extension PredictiveDistribution {
  /// Φ⁻¹ of the place of a value in the distribution, the middle of a point mass, kept within ±8.
  func normalScore(_ actual: Double) -> Double {
    let limits = transform(actual)
    if limits.lower >= 0.5 {
      // The upper tail is asked for itself: 1 − F has no digits left where F is nearly 1.
      let above = 1 - limits.upper
      let tail = (probability(atLeast: actual) + max(above, 0)) / 2
      return -Normal.standardQuantile(min(max(tail, 6e-16), 0.5))
    }
    let middle = limits.lower + (limits.upper - limits.lower) / 2
    return min(Normal.standardQuantile(min(max(middle, 6e-16), 1 - 1e-15)), 8)
  }
}

/// How far from its median a distribution should have reached, by past scores.
public struct ConformalMap: Hashable, Sendable {
  /// The ratio of the spread of past errors to that of their distributions, shrunk to 1.
  public let factor: Double
  private let sorted: [Double]

  /// Learns from scores.
  ///
  /// - Parameters:
  ///   - scores: Normal scores of past values in their distributions.
  ///   - priorScores: As many as a spread that needs no correction would count for.
  public init(scores: [Double], priorScores: Double) {
    sorted = scores.map { abs($0) }.sorted()
    let squares = scores.reduce(0) { $0 + min($1 * $1, 16) }
    let count = Double(scores.count)
    let all = count + max(priorScores, 0)
    factor = all > 0 ? ((squares + max(priorScores, 0)) / all).squareRoot() : 1
  }

  /// The |z| that a central interval reaches to: the conformal one where there are scores enough for the coverage, a scaled normal
  /// where there are not.
  ///
  /// - Parameter coverage: In (0, 1).
  /// - Returns: In normal scores.
  public func reach(coverage: Double) -> Double {
    let normal = Normal.standardQuantile(0.5 + coverage / 2)
    let rank = (Double(sorted.count + 1) * coverage).rounded(.up)
    let scaled = factor * normal
    guard rank >= 1, Int(rank) <= sorted.count else { return scaled }
    // The mean of the scaled normal and the empirical quantile, by how much scores and prior count.
    let weight = Double(sorted.count) / (Double(sorted.count) + 40)
    return (1 - weight) * scaled + weight * max(sorted[Int(rank) - 1], 0.1 * normal)
  }

  /// The distribution with its quantiles taken at the reach of each probability.
  func corrected(_ distribution: PredictiveDistribution) -> PredictiveDistribution {
    guard !sorted.isEmpty else { return distribution }
    let old = distribution.gridQuantiles()
    let normal = QuantileGrid.probabilities.map(Normal.standardQuantile)
    guard old.count == normal.count else { return distribution }
    let median = old[QuantileGrid.middle]
    let shape = ScoreShape(scores: normal, shaped: old)
    let values = QuantileGrid.probabilities.enumerated().map { index, probability -> Double in
      guard index != QuantileGrid.middle else { return median }
      let reach = reach(coverage: abs(2 * probability - 1))
      return distribution.range.clamp(shape.forward(probability < 0.5 ? -reach : reach))
    }
    // Between neighbouring probabilities the reach may stand still, never turn back.
    var kept = values
    for index in (0..<QuantileGrid.middle).reversed() {
      kept[index] = min(kept[index], kept[index + 1])
    }
    return PredictiveDistribution(
      gridQuantiles: kept, range: distribution.range, isWholeNumber: distribution.isWholeNumber)
  }
}

/// The level of an interval that is moved after each outcome.
///
/// So in the long run it covers what it should whatever the series does:
/// α ← α + γ(α₀ − miss) ([GC21] equation 2).
public struct AdaptiveCoverage: Hashable, Sendable {
  /// The coverage that is wanted in the long run.
  public let wanted: Double
  /// γ, how much one outcome moves the level.
  public let rate: Double
  /// The level as the recursion has it, which may pass 0 and 1: cut off there, it would forget what it owes.
  private var running: Double
  /// The coverage to ask of the model for the next outcome; at 1 every outcome is held.
  public var level: Double { min(max(running, 0), 1) }

  /// Starts at the wanted coverage.
  public init(wanted: Double, rate: Double = 0.02) {
    precondition(0 < wanted && wanted < 1 && rate > 0, "a coverage lies between 0 and 1")
    self.wanted = wanted
    self.rate = rate
    running = wanted
  }

  /// Takes an outcome: whether the last interval held what came.
  public mutating func observe(covered: Bool) {
    running += rate * (wanted - (covered ? 1 : 0))
  }
}
