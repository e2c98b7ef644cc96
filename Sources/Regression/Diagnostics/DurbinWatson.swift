public import LinearAlgebra
import Statistics

/// The test of Durbin and Watson of first-order autocorrelation of the errors.
///
/// J. Durbin and G. S. Watson, Biometrika 37 (1950) and 58 (1971).
public struct DurbinWatson: Hashable, Sendable {
  /// How the distribution of the statistic is found.
  public enum Method: Hashable, Sendable {
    /// Exact below 100 observations, normal from there on, as R's `lmtest::dwtest` does.
    case automatic
    /// The exact distribution for normal errors, from the eigenvalues of MAM; O(n³).
    case exact
    /// A normal distribution with the exact mean and variance.
    case normal
  }

  /// Σ (eₜ − eₜ₋₁)²/Σ e²ₜ, from 0 to 4; about 2 without autocorrelation.
  public let statistic: Double
  /// Whether the p values come from the exact distribution.
  public let isExact: Bool
  /// The p value against positive autocorrelation (R's default alternative, `greater`).
  public let pValuePositive: Double
  /// The p value against negative autocorrelation.
  public let pValueNegative: Double

  /// The p value against autocorrelation of either sign.
  public var pValueTwoSided: Double { min(1, 2 * min(pValuePositive, pValueNegative)) }

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X in the order of time; aliased columns do not matter.
  ///   - residuals: The n residuals.
  ///   - method: How p values are found.
  /// - Throws: ``DiagnosticError``.
  public init(
    design: Matrix, residuals: [Double], method: Method = .automatic
  ) throws(DiagnosticError) {
    try AuxiliaryRegression.require(design, residuals)
    let n = design.rowCount
    let fit = try AuxiliaryRegression.solve(design, residuals)
    let k = fit.rank
    guard n > max(k, 2) else { throw .tooShort(observations: n, needed: max(k, 2) + 1) }
    let steps = (1..<n).map { residuals[$0] - residuals[$0 - 1] }
    statistic = compensatedSumOfSquares(steps) / compensatedSumOfSquares(residuals)
    isExact = method == .exact || (method == .automatic && n < 100)
    let kept = (0..<design.columnCount).filter { !fit.aliasedColumns.contains($0) }
    do throws(FactorizationError) {
      let factor = try QRFactorization(design.selecting(columns: kept))
      if isExact {
        let values = try Self.eigenvalues(factor, n: n, k: k)
        let tails = QuadraticForm.tails(weights: values.map { [statistic] in $0 - statistic })
        (pValuePositive, pValueNegative) = (tails.lower, tails.upper)
      } else {
        let (centre, deviation) = Self.moments(factor, n: n, k: k)
        let z = (statistic - centre) / deviation
        (pValuePositive, pValueNegative) = (
          Normal.standardCDF(z), Normal.standardUpperTail(z)
        )
      }
    } catch {
      throw .rankDeficient
    }
  }

  /// The n − k eigenvalues of the second differences seen in the complement of the design.
  private static func eigenvalues(
    _ factor: QRFactorization, n: Int, k: Int
  ) throws(FactorizationError) -> [Double] {
    var differences = Matrix(rowCount: n, columnCount: n)
    for i in 0..<n {
      differences[i, i] = i == 0 || i == n - 1 ? 1 : 2
      if i > 0 {
        differences[i, i - 1] = -1
        differences[i - 1, i] = -1
      }
    }
    let half = factor.applyingQTransposed(to: differences).transposed()
    let whole = factor.applyingQTransposed(to: half)
    return try SymmetricEigendecomposition(whole.submatrix(rows: k..<n, columns: k..<n)).values
  }

  /// The mean and the standard deviation of the statistic under normal errors.
  private static func moments(
    _ factor: QRFactorization, n: Int, k: Int
  ) -> (mean: Double, deviation: Double) {
    let q = factor.q
    var second = Matrix(rowCount: n, columnCount: k)
    for j in 0..<k {
      for i in 0..<n {
        let before = i > 0 ? q[i, j] - q[i - 1, j] : 0
        let after = i < n - 1 ? q[i, j] - q[i + 1, j] : 0
        second[i, j] = before + after
      }
    }
    let inner = q.transposedTimes(second)
    let (rows, freedom) = (Double(n), Double(n - k))
    let trace = inner.diagonal.reduce(0, +)
    let first = 2 * (rows - 1) - trace
    let squares =
      2 * (3 * rows - 4) - 2 * compensatedSumOfSquares(second.columnMajor)
      + compensatedSumOfSquares(inner.columnMajor)
    let centre = first / freedom
    let variance = 2 / (freedom * (freedom + 2)) * (squares - first * centre)
    return (centre, variance.squareRoot())
  }
}
