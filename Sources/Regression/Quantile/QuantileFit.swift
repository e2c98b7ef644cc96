public import LinearAlgebra

/// What a quantile regression found.
public struct QuantileFit: Sendable {
  /// Which quantile, between 0 and 1.
  public let probability: Double
  /// The names of the p columns of the design.
  public let termNames: [String]
  /// The p coefficients.
  public let coefficients: [Double]
  /// The n residuals y − Xβ; exactly 0 at ``fittedRows``.
  public let residuals: [Double]
  /// Σρ(y − Xβ), the sum that is least.
  public let objective: Double
  /// The p observations, from 0, through which the quantile passes.
  public let fittedRows: [Int]
  /// Whether no other coefficients make the sum as small.
  public let isUnique: Bool
  /// The covariance of the coefficients.
  public internal(set) var covariance = Matrix(rowCount: 0, columnCount: 0)
  /// The derivative of the quantile function of the errors; `nil` if it differs among them.
  public internal(set) var sparsity: Double?
  /// At how many observations quantiles cross, so that a density is set to zero.
  public internal(set) var notPositiveDensities = 0

  /// n − p.
  public var degreesOfFreedom: Int { residuals.count - coefficients.count }

  /// The coefficients with tests and intervals by Student's t.
  public var inference: CoefficientInference {
    CoefficientInference(
      coefficients: coefficients, covariance: covariance,
      degreesOfFreedom: Double(degreesOfFreedom))
  }
}
