public import LinearAlgebra

/// The test of Breusch and Godfrey of autocorrelated errors up to an order.
///
/// It holds with lagged responses among the regressors, where Durbin and Watson's does not (T. S.
/// Breusch, Australian Economic Papers 17, 1978; L. G. Godfrey, Econometrica 46, 1978). Residuals
/// before the first are zeros, the default of R's `lmtest::bgtest` and of statsmodels.
///
/// - Parameters:
///   - design: The n × p matrix X in the order of time.
///   - residuals: The n residuals.
///   - order: The number of lags, ≥ 1.
/// - Returns: n R² and F of the regression of the residuals on X and their lags.
/// - Throws: ``DiagnosticError``.
public func breuschGodfrey(
  design: Matrix, residuals: [Double], order: Int = 1
) throws(DiagnosticError) -> AuxiliaryTest {
  try AuxiliaryRegression.require(design, residuals)
  let (n, p) = (design.rowCount, design.columnCount)
  guard order >= 1 && order < n else {
    throw .lagsOutOfRange(lags: order, observations: n)
  }
  let rank = try AuxiliaryRegression.rank(design)
  guard n > rank + order else { throw .tooShort(observations: n, needed: rank + order + 1) }
  var entries = design.columnMajor
  for lag in 1...order {
    entries += [Double](repeating: 0, count: lag)
    entries += residuals[..<(n - lag)]
  }
  let fit = try AuxiliaryRegression.solve(
    Matrix(rowCount: n, columnCount: p + order, columnMajor: entries), residuals)
  guard fit.rank == rank + order else { throw .rankDeficient }
  let total = compensatedSumOfSquares(residuals)
  let rest = fit.residualSumOfSquares
  let explained = zip(residuals, fit.residuals).map { $0 - $1 }
  let gain = compensatedSumOfSquares(explained)
  let freedom = n - fit.rank
  return AuxiliaryTest(
    chiSquared: .chiSquared(Double(n) * gain / total, order),
    f: .f((gain / Double(order)) / (rest / Double(freedom)), order, freedom))
}
