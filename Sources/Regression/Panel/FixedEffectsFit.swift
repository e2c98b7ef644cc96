public import LinearAlgebra

/// What a regression with fixed effects found.
public struct FixedEffectsFit: Sendable {
  /// The names of the p columns of the design.
  public let termNames: [String]
  /// The p coefficients.
  public let coefficients: [Double]
  /// Their covariance, with what was chosen on the way.
  public let covariance: SandwichEstimate
  /// The n residuals, effects taken off.
  public let residuals: [Double]
  /// The sum of their squares.
  public let residualSumOfSquares: Double
  /// The sum of squares of the response about its effects.
  public let withinSumOfSquares: Double
  /// The number of units.
  public let unitCount: Int
  /// The number of times; `nil` for one-way effects.
  public let timeCount: Int?
  /// How many degrees of freedom the effects take.
  public let absorbedCount: Int
  /// The design without its effects.
  public let withinDesign: Matrix
  /// The inverse of its cross product.
  public let unscaledCovariance: Matrix
  /// The condition number of the scaled design without its effects.
  public let conditionEstimate: Double

  /// n − p − the effects.
  public var degreesOfFreedom: Int { residuals.count - coefficients.count - absorbedCount }

  /// The standard deviation of the errors.
  public var residualStandardDeviation: Double {
    (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot()
  }

  /// The part of the variation within the effects that the terms explain.
  public var withinRSquared: Double {
    withinSumOfSquares > 0 ? 1 - residualSumOfSquares / withinSumOfSquares : 1
  }

  /// The coefficients with tests and intervals by Student's t.
  public var inference: CoefficientInference {
    CoefficientInference(
      coefficients: coefficients, covariance: covariance.covariance,
      degreesOfFreedom: Double(degreesOfFreedom))
  }
}
