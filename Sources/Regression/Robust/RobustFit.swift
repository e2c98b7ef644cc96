public import LinearAlgebra

/// What a robust regression found.
public struct RobustFit: Sendable {
  /// The estimator behind a fit.
  public enum Method: Hashable, Sendable {
    /// Huber's M estimator.
    case huber
    /// The MM estimator with Tukey's bisquare.
    case mm
  }

  /// The estimator.
  public let method: Method
  /// The names of the p columns of the design.
  public let termNames: [String]
  /// The p coefficients.
  public let coefficients: [Double]
  /// Their covariance.
  public let covariance: Matrix
  /// The robust scale of the errors, in the unit of the response.
  public let scale: Double
  /// The weight of each observation, from 0 for one that is ignored to 1.
  public let weights: [Double]
  /// The n residuals y − Xβ.
  public let residuals: [Double]
  /// How often the coefficients were estimated anew.
  public let iterations: Int
  /// The S estimate from which MM started; `nil` for Huber's.
  public let initialCoefficients: [Double]?
  /// How many negative eigenvalues of the covariance were set to zero.
  public let repairedEigenvalues: Int

  /// n − p.
  public var degreesOfFreedom: Int { residuals.count - coefficients.count }

  /// The coefficients with tests and intervals by Student's t.
  public var inference: CoefficientInference {
    CoefficientInference(
      coefficients: coefficients, covariance: covariance,
      degreesOfFreedom: Double(degreesOfFreedom))
  }
}
