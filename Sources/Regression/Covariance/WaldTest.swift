public import LinearAlgebra
import Statistics

/// The test of Wald of linear hypotheses Rβ = r, with whatever covariance is given.
///
/// A. Wald, Transactions of the American Mathematical Society 54 (1943).
public struct WaldTest: Hashable, Sendable {
  /// (Rb − r)ᵀ (R V Rᵀ)⁻¹ (Rb − r).
  public let chiSquared: Double
  /// The number q of restrictions.
  public let restrictions: Int
  /// The degrees of freedom of the denominator of F; infinite where only χ² is asked for.
  public let denominatorDegreesOfFreedom: Double

  /// χ²/q.
  public var fStatistic: Double { chiSquared / Double(restrictions) }

  /// The upper tail of χ² with q degrees of freedom.
  public var chiSquaredPValue: Double {
    ChiSquared(degreesOfFreedom: Double(restrictions)).upperTail(chiSquared)
  }

  /// The upper tail of F; that of χ² with infinite degrees of freedom below.
  public var fPValue: Double {
    guard denominatorDegreesOfFreedom.isFinite else { return chiSquaredPValue }
    return FDistribution(
      numerator: Double(restrictions), denominator: denominatorDegreesOfFreedom
    ).upperTail(fStatistic)
  }

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - coefficients: The p estimates b.
  ///   - covariance: Their p × p covariance V.
  ///   - restrictions: The q × p matrix R, q ≥ 1, of rows that do not depend on each other.
  ///   - values: The q numbers r; by default zeros.
  ///   - denominatorDegreesOfFreedom: n − p for F; infinite by default.
  /// - Throws: ``CovarianceError/dependentRestrictions`` or ``CovarianceError/nonFinite(row:)``.
  public init(
    coefficients: [Double], covariance: Matrix, restrictions: Matrix, values: [Double]? = nil,
    denominatorDegreesOfFreedom: Double = .infinity
  ) throws(CovarianceError) {
    let q = restrictions.rowCount
    precondition(
      q > 0 && restrictions.columnCount == coefficients.count, "R has a column for each b")
    precondition(covariance.rowCount == coefficients.count, "V has a row for each b")
    precondition(values.map { $0.count == q } ?? true, "r has a number for each row of R")
    precondition(denominatorDegreesOfFreedom > 0, "F needs degrees of freedom above 0")
    for (i, value) in coefficients.enumerated() where !value.isFinite { throw .nonFinite(row: i) }
    var gap = restrictions * coefficients
    if let values { for i in gap.indices { gap[i] -= values[i] } }
    var spread = restrictions * covariance * restrictions.transposed()
    // In units of their standard errors: the test does not depend on units, its rounding should not.
    let roots = spread.diagonal.map { $0.squareRoot() }
    guard roots.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .dependentRestrictions }
    for i in 0..<q {
      gap[i] /= roots[i]
      for j in 0..<q { spread[i, j] /= roots[i] * roots[j] }
    }
    guard let factor = try? CholeskyFactorization(spread),
      factor.reciprocalConditionNumber > 1e-15
    else { throw .dependentRestrictions }
    let whitened = factor.solveLower(gap)
    chiSquared = whitened.reduce(0) { $0 + $1 * $1 }
    self.restrictions = q
    self.denominatorDegreesOfFreedom = denominatorDegreesOfFreedom
  }

  /// The test that these coefficients, from 0, are all zero.
  public init(
    coefficients: [Double], covariance: Matrix, zero indices: [Int],
    denominatorDegreesOfFreedom: Double = .infinity
  ) throws(CovarianceError) {
    var selection = Matrix(rowCount: indices.count, columnCount: coefficients.count)
    for (row, index) in indices.enumerated() { selection[row, index] = 1 }
    try self.init(
      coefficients: coefficients, covariance: covariance, restrictions: selection,
      denominatorDegreesOfFreedom: denominatorDegreesOfFreedom)
  }
}
