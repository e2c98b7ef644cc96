/// Why a logistic regression cannot be fitted.
public enum LogisticError: Error, Hashable, Sendable {
  /// The numbers will not do for any regression.
  case regression(RegressionError)
  /// The successes of this observation, from 0, are not whole, negative or more than its trials.
  case invalidSuccesses(row: Int, successes: Double, trials: Double)
  /// The trials of this observation, from 0, are not a whole number from 1.
  case invalidTrials(row: Int, trials: Double)
  /// A combination of the columns tells successes from failures: the likelihood has no maximum.
  ///
  /// Complete if all rows lie off the boundary, quasi-complete if some lie on it.
  case separated(rows: Int, observations: Int)
  /// Every trial had the same outcome.
  case oneOutcome
  /// Coefficients still moved after so many iterations.
  case noConvergence(iterations: Int)
}

extension LogisticError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .regression(let error): error.description
    case .invalidSuccesses(let row, let successes, let trials):
      "observation \(row) (from 0) has \(successes) successes in \(trials) trials: they have to be "
        + "whole, from 0 to the trials"
    case .invalidTrials(let row, let trials):
      "observation \(row) (from 0) has \(trials) trials, and they have to be whole, 1 or more"
    case .separated(let rows, let observations):
      "the terms tell successes from failures without error in \(rows) of \(observations) "
        + "observations: the coefficients are infinite; give a penalty or use Firth's method"
    case .oneOutcome:
      "all trials have the same outcome: there is nothing to explain"
    case .noConvergence(let iterations):
      "the coefficients still moved after \(iterations) iterations"
    }
  }
}
