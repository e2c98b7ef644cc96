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
  /// - Returns: The test, or `nil` if the covariance of Rβ is not positive definite.
  public func waldTest(_ restrictions: Matrix, equal values: [Double]? = nil) -> WaldTest? {
    let q = restrictions.rowCount
    precondition(
      restrictions.columnCount == coefficients.count, "a restriction has a number for each term")
    guard q > 0 else { return nil }
    let target = values ?? [Double](repeating: 0, count: q)
    let distance = zip(restrictions * coefficients, target).map { $0 - $1 }
    var spread = restrictions * (covariance * restrictions.transposed())
    // To a diagonal of ones, so that the units of the coefficients do not matter.
    let scales = spread.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    for i in 0..<q {
      for j in 0..<q { spread[i, j] *= scales[i] * scales[j] }
    }
    guard let factor = try? CholeskyFactorization(spread) else { return nil }
    let whitened = factor.solveLower(zip(distance, scales).map { $0 * $1 })
    return WaldTest(
      chiSquared: compensatedSumOfSquares(whitened), numerator: q, denominator: degreesOfFreedom)
  }

  /// The test that these coefficients, from 0, are all zero.
  public func waldTest(zero places: [Int]) -> WaldTest? {
    var restrictions = Matrix(rowCount: places.count, columnCount: coefficients.count)
    for (row, place) in places.enumerated() { restrictions[row, place] = 1 }
    return waldTest(restrictions)
  }
}

/// A test of several restrictions at once.
public struct WaldTest: Hashable, Sendable {
  /// The quadratic form of the distances from the restrictions.
  public let chiSquared: Double
  /// The number q of restrictions.
  public let numerator: Int
  /// The degrees of freedom of the residuals, or `nil` where the test is chi-squared.
  public let denominator: Double?

  /// The quadratic form divided by q.
  public var fStatistic: Double { chiSquared / Double(numerator) }

  /// The p value: of F where there are degrees of freedom, else of chi-squared.
  public var pValue: Double {
    if let denominator {
      return FDistribution(numerator: Double(numerator), denominator: denominator)
        .upperTail(fStatistic)
    }
    return chiSquaredPValue
  }

  /// The p value of the chi-squared distribution with q degrees of freedom.
  public var chiSquaredPValue: Double {
    ChiSquared(degreesOfFreedom: Double(numerator)).upperTail(chiSquared)
  }
}
