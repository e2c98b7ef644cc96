public import LinearAlgebra
import Statistics

/// Coefficients with a covariance: standard errors, tests and intervals, whichever estimator gave them.
public struct CoefficientInference: Sendable {
  /// The p coefficients.
  public let coefficients: [Double]
  /// Their p × p covariance.
  public let covariance: Matrix
  /// The degrees of freedom of t and F tests; `nil` for normal and chi-squared ones.
  public let degreesOfFreedom: Double?

  /// Joins coefficients with a covariance of theirs.
  public init(coefficients: [Double], covariance: Matrix, degreesOfFreedom: Double?) {
    precondition(
      covariance.isSquare && covariance.rowCount == coefficients.count,
      "the covariance has a row for each coefficient")
    self.coefficients = coefficients
    self.covariance = covariance
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The coefficients of a fit with its own covariance, or with another.
  public init(_ fit: LinearFit, covariance: Matrix? = nil) {
    self.init(
      coefficients: fit.coefficients, covariance: covariance ?? fit.coefficientCovariance,
      degreesOfFreedom: Double(fit.degreesOfFreedom))
  }

  /// The standard errors.
  public var standardErrors: [Double] { covariance.diagonal.map { max(0, $0).squareRoot() } }

  /// Coefficients in units of their standard errors; infinite where the error is 0.
  public var statistics: [Double] {
    zip(coefficients, standardErrors).map { $0 == 0 ? 0 : $0 / $1 }
  }

  /// The two-sided p values of the hypotheses that single coefficients are zero.
  public var pValues: [Double] {
    statistics.map { statistic in
      let size = statistic.magnitude
      if let degreesOfFreedom {
        return min(1, 2 * StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(size))
      }
      return min(1, 2 * Normal.standardUpperTail(size))
    }
  }

  /// The intervals that hold each coefficient with probability `level`, between 0 and 1.
  public func intervals(level: Double = 0.95) -> [ClosedRange<Double>] {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    let tail = 0.5 - level / 2
    let quantile =
      degreesOfFreedom.map { StudentT(degreesOfFreedom: $0).upperQuantile(tail) }
      ?? -Normal.standardQuantile(tail)
    return zip(coefficients, standardErrors).map { $0 - quantile * $1...$0 + quantile * $1 }
  }

  /// The test of the q restrictions Rβ = r.
  ///
  /// - Parameters:
  ///   - restrictions: The q × p matrix R, its rows independent.
  ///   - values: The q numbers r; by default zeros.
  /// - Throws: ``CovarianceError/dependentRestrictions``.
  public func waldTest(
    _ restrictions: Matrix, equal values: [Double]? = nil
  ) throws(CovarianceError) -> WaldTest {
    try WaldTest(
      coefficients: coefficients, covariance: covariance, restrictions: restrictions,
      values: values, denominatorDegreesOfFreedom: degreesOfFreedom ?? .infinity)
  }

  /// The test that these coefficients, from 0, are all zero.
  public func waldTest(zero places: [Int]) throws(CovarianceError) -> WaldTest {
    try WaldTest(
      coefficients: coefficients, covariance: covariance, zero: places,
      denominatorDegreesOfFreedom: degreesOfFreedom ?? .infinity)
  }
}
