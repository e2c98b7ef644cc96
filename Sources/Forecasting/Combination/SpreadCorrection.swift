/// Factors by which distributions are drawn out from their medians, learned on past errors.
///
/// A fitted model does not know how wrong it is: its intervals leave out what selection and change of structure do. The factor of a
/// step makes the spread of errors at past origins and that of their distributions agree.
public struct SpreadCorrection: Hashable, Sendable {
  /// The factor of each step from 1 on; later ones have the last.
  public let factors: [Double]

  /// Creates a correction; without factors nothing is changed.
  public init(factors: [Double]) {
    precondition(factors.allSatisfy { $0 > 0 && $0.isFinite }, "factors of spread are positive")
    self.factors = factors
  }

  /// Nothing is changed.
  public static let none = SpreadCorrection(factors: [])

  /// The factor of a step.
  public func factor(_ step: Int) -> Double {
    factors.isEmpty ? 1 : factors[min(max(step, 1), factors.count) - 1]
  }

  /// The distribution with its quantiles drawn out from the median, within its range.
  func corrected(_ distribution: PredictiveDistribution, step: Int) -> PredictiveDistribution {
    let factor = factor(step)
    guard factor != 1 else { return distribution }
    let components = distribution.components
    if components.count == 1, var only = components.first, only.link == .identity {
      // One component without a link is drawn out exactly: its shape stays as it is.
      only.scale *= factor
      let median = components[0].place(0)
      only.location = median - factor * (median - only.location)
      return PredictiveDistribution(
        components: [only], range: distribution.range, isWholeNumber: distribution.isWholeNumber)
    }
    let values = distribution.gridQuantiles()
    let median = values[QuantileGrid.middle]
    return PredictiveDistribution(
      gridQuantiles: values.map { distribution.range.clamp(median + factor * ($0 - median)) },
      range: distribution.range, isWholeNumber: distribution.isWholeNumber)
  }
}
