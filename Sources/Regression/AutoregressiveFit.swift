public import LinearAlgebra
import RealModule
import Statistics

/// What ``AutoregressiveRegression`` found.
public struct AutoregressiveFit: Sendable {
  /// Where the likelihood of the autocorrelation has its maximum.
  public enum Status: Hashable, Sendable {
    /// Between its bounds.
    case interior
    /// At 0: the residuals show no positive autocorrelation.
    case atLowerBound
    /// At the upper bound: the residuals wander like a random walk.
    case atUpperBound
    /// Nowhere, because the design fits the response exactly; 0 is given.
    case exactFit
    /// Not found within the evaluations allowed; the best value so far is given.
    case evaluationLimit
  }

  /// The p generalized-least-squares coefficients.
  public let coefficients: [Double]
  /// Their p × p covariance given the autocorrelation, γ (XᵀR⁻¹X)⁻¹.
  public let coefficientCovariance: Matrix
  /// φ, the correlation of errors one period apart.
  public let autocorrelation: Double
  /// γ, the variance of the errors u: the restricted estimate, with the divisor n − p.
  public let marginalVariance: Double
  /// n − p − 1, for coefficients and autocorrelation, but at least 1.
  public let degreesOfFreedom: Int
  /// The n errors u = y − Xβ, in the unit of the response; they carry the autocorrelation.
  public let residuals: [Double]
  /// The n one-step-ahead errors with variance γ: uncorrelated if the model holds.
  public let whitenedResiduals: [Double]
  /// The Gaussian log-likelihood of the response at these estimates.
  public let logLikelihood: Double
  /// Where the maximum lies.
  public let status: Status

  init(
    _ profile: RestrictedProfile, autocorrelation: Double, status: Status
  ) throws(RegressionError) {
    var profile = profile
    let (design, response, logDeterminant) = profile.whitenedSystem(autocorrelation)
    let n = profile.rowCount
    let p = profile.columnCount
    let solution = try FullRank.solve(design, response, needed: p + 1)
    let variance = solution.residualSumOfSquares / Double(n - p)
    coefficients = solution.coefficients
    coefficientCovariance = solution.unscaledCovariance.scaled(by: variance)
    self.autocorrelation = autocorrelation
    marginalVariance = variance
    degreesOfFreedom = max(1, n - p - 1)
    residuals = profile.residuals(solution.coefficients)
    whitenedResiduals = solution.residuals
    let constant = Double(n) * Double.log(2 * Double.pi * variance) + Double(n - p)
    logLikelihood = -0.5 * (constant + logDeterminant)
    self.status = status
  }

  /// The error u of the last observation, from which forecasts start.
  public var lastResidual: Double { residuals.last ?? 0 }
}
