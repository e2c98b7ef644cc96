public import LinearAlgebra

/// What a logistic regression found.
public struct LogisticFit: Sendable {
  /// How the coefficients were held back.
  public let penalty: LogisticModel.Penalty
  /// The names of the p columns of the design.
  public let termNames: [String]
  /// The p coefficients, on the scale of log-odds.
  public let coefficients: [Double]
  /// The inverse of the information, penalty included.
  public let covariance: Matrix
  /// The probabilities fitted.
  public let probabilities: [Double]
  /// Deviance residuals: signed roots of what each observation adds to the deviance.
  public let devianceResiduals: [Double]
  /// Twice the log-likelihood lost against a probability of its own for each observation.
  public let deviance: Double
  /// The deviance of a constant probability, or of one half where there is no intercept.
  public let nullDeviance: Double
  /// The log-likelihood, binomial coefficients included, without the penalty.
  public let logLikelihood: Double
  /// How often the coefficients were estimated anew.
  public let iterations: Int

  /// n − p.
  public var degreesOfFreedom: Int { probabilities.count - coefficients.count }

  /// Akaike's criterion, −2 log L + 2p.
  public var aic: Double { -2 * logLikelihood + 2 * Double(coefficients.count) }

  /// The coefficients with Wald tests and intervals by the normal distribution.
  public var inference: CoefficientInference {
    CoefficientInference(
      coefficients: coefficients, covariance: covariance, degreesOfFreedom: nil)
  }
}
