/// Why a robust regression cannot be fitted.
public enum RobustError: Error, Hashable, Sendable {
  /// The numbers will not do for any regression.
  case regression(RegressionError)
  /// A tuning constant is not a positive number.
  case invalidTuning(Double)
  /// Half of the observations or more lie exactly on one plane: residuals have no scale.
  case zeroScale
  /// Coefficients still moved after so many iterations.
  case noConvergence(iterations: Int)
  /// Every subsample drawn was singular.
  case singularSubsamples(Int)
  /// Too many observations have weight 0 for a covariance of the coefficients.
  case singularCovariance
}

extension RobustError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .regression(let error): error.description
    case .invalidTuning(let value):
      "the tuning constant is \(value), and it has to be a number above 0"
    case .zeroScale:
      "half of the observations or more are fitted exactly: the residuals have no robust scale"
    case .noConvergence(let iterations):
      "the coefficients still moved after \(iterations) iterations"
    case .singularSubsamples(let count):
      "all \(count) subsamples were singular: the columns depend on few observations"
    case .singularCovariance:
      "too many observations have weight 0 for a covariance of the coefficients"
    }
  }
}
