public import LinearAlgebra
import RealModule
import Statistics

/// The test of Jarque and Bera of normality, with the moments it rests on.
///
/// C. M. Jarque and A. K. Bera, Economics Letters 6 (1980); the moments divide by n, as in R's
/// `tseries::jarque.bera.test` and statsmodels.
public struct JarqueBera: Hashable, Sendable {
  /// m₃/m₂^1.5; 0 for a normal distribution.
  public let skewness: Double
  /// m₄/m₂²; 3 for a normal distribution.
  public let kurtosis: Double
  /// n (g²/6 + (k − 3)²/24) with χ² of two degrees of freedom.
  public let result: TestResult

  /// Runs the test on at least three residuals that vary.
  ///
  /// - Throws: ``DiagnosticError``.
  public init(_ residuals: [Double]) throws(DiagnosticError) {
    for (i, value) in residuals.enumerated() where !value.isFinite { throw .nonFinite(row: i) }
    guard residuals.count >= 3 else { throw .tooShort(observations: residuals.count, needed: 3) }
    let n = Double(residuals.count)
    let centre = mean(residuals)
    let deviations = residuals.map { $0 - centre }
    let second = compensatedSumOfSquares(deviations) / n
    guard second > 0 else { throw .zeroResiduals }
    let scaled = deviations.map { $0 / second.squareRoot() }
    skewness = compensatedSum(scaled.map { $0 * $0 * $0 }) / n
    kurtosis = compensatedSum(scaled.map { $0 * $0 * $0 * $0 }) / n
    let excess = kurtosis - 3
    result = .chiSquared(n * (skewness * skewness / 6 + excess * excess / 24), 2)
  }
}

/// Ramsey's test of the form of a regression: whether powers of the fitted values explain more.
///
/// J. B. Ramsey, J. Royal Statistical Society B 31 (1969). Fitted values are first centred (with an
/// intercept) and scaled by the response's standard deviation, as R's `lmtest::resettest` does; it
/// matters only where a power is tested without those below it.
///
/// - Parameters:
///   - design: The n × p matrix X.
///   - response: The n numbers y.
///   - residuals: The n residuals of y on X.
///   - powers: The powers added, by default 2 and 3.
/// - Returns: The F test of the powers.
/// - Throws: ``DiagnosticError``; ``DiagnosticError/rankDeficient`` when the powers depend on X.
public func ramseyReset(
  design: Matrix, response: [Double], residuals: [Double], powers: [Int] = [2, 3]
) throws(DiagnosticError) -> TestResult {
  precondition(!powers.isEmpty && powers.allSatisfy { $0 > 1 }, "powers are at least 2")
  try AuxiliaryRegression.require(design, residuals)
  let n = design.rowCount
  guard response.count == n else {
    throw .shapeMismatch(designRows: n, values: response.count)
  }
  let ones = [Double](repeating: 1, count: n)
  let constant = try AuxiliaryRegression.solve(design, ones)
  let (rank, q) = (constant.rank, powers.count)
  guard n > rank + q else { throw .tooShort(observations: n, needed: rank + q + 1) }
  let hasIntercept = constant.residualSumOfSquares < 1e-14 * Double(n)
  let centre = hasIntercept ? mean(response) : 0
  let spread = compensatedSumOfSquares(response.map { $0 - centre }) / Double(n - 1)
  guard spread > 0 else { throw .zeroResiduals }
  let fitted = zip(response, residuals).map { ($0 - $1 - centre) / spread.squareRoot() }
  var entries = design.columnMajor
  for power in powers {
    entries += fitted.map { value in (1..<power).reduce(value) { product, _ in product * value } }
  }
  let wider = Matrix(rowCount: n, columnCount: design.columnCount + q, columnMajor: entries)
  let fit = try AuxiliaryRegression.solve(wider, residuals)
  guard fit.rank == rank + q else { throw .rankDeficient }
  let gain = compensatedSumOfSquares(zip(residuals, fit.residuals).map { $0 - $1 })
  let freedom = n - rank - q
  return .f((gain / Double(q)) / (fit.residualSumOfSquares / Double(freedom)), q, freedom)
}
