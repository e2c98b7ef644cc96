/// Why a quantile regression cannot be fitted.
public enum QuantileError: Error, Hashable, Sendable {
  /// The numbers will not do for any regression.
  case regression(RegressionError)
  /// The probability is not between 0 and 1.
  case invalidProbability(Double)
  /// There are too few observations beside the quantile for the sparsity there.
  case tooShortForSparsity(observations: Int, needed: Int)
  /// Quantiles beside the one fitted cross so often that the densities leave no covariance.
  case singularDensities(notPositive: Int)
  /// The residuals nearest to the quantile are all the same: they tell nothing of its precision.
  case zeroSparsity
  /// The simplex method still exchanged observations after so many steps.
  case noConvergence(iterations: Int)
}

extension QuantileError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .regression(let error): error.description
    case .invalidProbability(let tau):
      "the quantile is \(tau), and it has to lie between 0 and 1"
    case .tooShortForSparsity(let observations, let needed):
      "\(observations) observations are too few for the sparsity, which needs \(needed)"
    case .singularDensities(let count):
      "\(count) densities are not positive, because quantiles cross: there is no covariance"
    case .zeroSparsity:
      "the residuals nearest to the quantile are tied: they tell nothing of its precision"
    case .noConvergence(let iterations):
      "the simplex method found no optimum in \(iterations) steps"
    }
  }
}
