import Statistics

/// Factors by which distributions are drawn out from their medians, learned on past errors.
///
/// A fitted model does not know how wrong it is: its intervals leave out what selection and change of structure do. The factor of a
/// step makes the spread of errors at past origins and that of their distributions agree at 80 %; `tail` is how much further the ends of
/// 95 % have to be drawn, errors having heavier tails than models.
public struct SpreadCorrection: Hashable, Sendable {
  /// The factor of each step from 1 on; later ones have the last.
  public let factors: [Double]
  /// The further factor at 95 % and beyond; between 80 % and 95 % it grows evenly in normal scores.
  public let tail: Double

  /// Creates a correction; without factors and tail nothing is changed.
  public init(factors: [Double], tail: Double = 1) {
    precondition(
      tail >= 1 && tail.isFinite && factors.allSatisfy { $0 > 0 && $0.isFinite },
      "factors of spread are positive, and tails are not drawn in")
    self.factors = factors
    self.tail = tail
  }

  /// Nothing is changed.
  public static let none = SpreadCorrection(factors: [])

  /// The factor of a step.
  public func factor(_ step: Int) -> Double {
    factors.isEmpty ? 1 : factors[min(max(step, 1), factors.count) - 1]
  }

  /// Where the tail's factor stands at each probability of the grid, from 0 to 1.
  private static let tailShares = QuantileGrid.probabilities.map { probability in
    let inner = Normal.standardQuantile(0.9)
    let outer = Normal.standardQuantile(0.975)
    return min(max((abs(Normal.standardQuantile(probability)) - inner) / (outer - inner), 0), 1)
  }

  /// The distribution with its quantiles drawn out from the median, within its range.
  func corrected(_ distribution: PredictiveDistribution, step: Int) -> PredictiveDistribution {
    let factor = factor(step)
    guard factor != 1 || tail != 1 else { return distribution }
    let components = distribution.components
    if tail == 1, components.count == 1, var only = components.first, only.link == .identity {
      // One component without a link is drawn out exactly: its shape stays as it is.
      let median = only.place(0)
      only.scale *= factor
      only.location = median - factor * (median - only.location)
      return PredictiveDistribution(
        components: [only], range: distribution.range, isWholeNumber: distribution.isWholeNumber)
    }
    let values = distribution.gridQuantiles()
    guard values.count == Self.tailShares.count else { return distribution }
    let median = values[QuantileGrid.middle]
    let drawn = zip(values, Self.tailShares).map { value, share in
      distribution.range.clamp(
        median + factor * (1 + share * (tail - 1)) * (value - median))
    }
    return PredictiveDistribution(
      gridQuantiles: drawn, range: distribution.range, isWholeNumber: distribution.isWholeNumber)
  }
}
