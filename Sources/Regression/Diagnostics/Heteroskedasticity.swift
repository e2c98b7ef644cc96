public import LinearAlgebra
import Statistics

/// Tests of the hypothesis that all errors have one variance.
public enum Heteroskedasticity {
  /// The test of Breusch and Pagan: whether columns explain the squared residuals.
  ///
  /// T. S. Breusch and A. R. Pagan, Econometrica 47 (1979). Studentised (R. Koenker, J. Econometrics
  /// 17, 1981) it needs no normal errors and is n R²; this is the default of R's `lmtest::bptest` and
  /// of statsmodels. The original is half the explained sum of squares of e²/σ̂².
  ///
  /// - Parameters:
  ///   - design: The n × q matrix of what may explain the variance, usually X with its intercept.
  ///   - residuals: The n residuals.
  ///   - studentized: Whether it is Koenker's form.
  /// - Returns: The Lagrange multiplier with rank − 1 degrees of freedom, and F.
  /// - Throws: ``DiagnosticError``.
  public static func breuschPagan(
    design: Matrix, residuals: [Double], studentized: Bool = true
  ) throws(DiagnosticError) -> AuxiliaryTest {
    try AuxiliaryRegression.require(design, residuals)
    let n = design.rowCount
    let squares = residuals.map { $0 * $0 }
    let level = mean(squares)
    let gaps = squares.map { $0 / level - 1 }
    let fit = try AuxiliaryRegression.solve(design, gaps)
    guard fit.rank > 1 else { throw .constantRegressors }
    guard n > fit.rank else { throw .tooShort(observations: n, needed: fit.rank + 1) }
    let total = compensatedSumOfSquares(gaps)
    // Residuals of one size and two signs: their squares do not vary, and rounding is not a trend.
    guard total > 1e-24 * Double(n) else { throw .zeroResiduals }
    let explained = compensatedSumOfSquares(zip(gaps, fit.residuals).map { $0 - $1 })
    let (freedom, rest) = (fit.rank - 1, n - fit.rank)
    let multiplier = studentized ? Double(n) * explained / total : explained / 2
    let ratio = (explained / Double(freedom)) / (fit.residualSumOfSquares / Double(rest))
    return AuxiliaryTest(
      chiSquared: .chiSquared(multiplier, freedom), f: .f(ratio, freedom, rest))
  }

  /// White's test: Koenker's with all regressors, their squares and their products.
  ///
  /// H. White, Econometrica 48 (1980). Columns that repeat others (the square of a dummy) do not
  /// count, and a column of ones is added where there is none.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X.
  ///   - residuals: The n residuals.
  /// - Returns: The Lagrange multiplier with rank − 1 degrees of freedom, and F.
  /// - Throws: ``DiagnosticError``; ``DiagnosticError/tooShort(observations:needed:)`` when the
  ///   squares and products are as many as the rows.
  public static func white(
    design: Matrix, residuals: [Double]
  ) throws(DiagnosticError) -> AuxiliaryTest {
    try AuxiliaryRegression.require(design, residuals)
    let n = design.rowCount
    // Centred and scaled columns span the same squares and products, far better conditioned.
    var columns: [[Double]] = []
    for j in 0..<design.columnCount {
      let column = design.column(j)
      let deviation = standardDeviation(column)
      let centre = mean(column)
      guard deviation > 1e-13 * abs(centre) else { continue }
      columns.append(column.map { ($0 - centre) / deviation })
    }
    guard !columns.isEmpty else { throw .constantRegressors }
    var all = [[Double](repeating: 1, count: n)] + columns
    for (j, column) in columns.enumerated() {
      for other in columns[j...] { all.append(zip(column, other).map { $0 * $1 }) }
    }
    let auxiliary = Matrix(columns: all)
    let rank = try AuxiliaryRegression.rank(auxiliary)
    guard n > rank else { throw .tooShort(observations: n, needed: all.count + 1) }
    return try breuschPagan(design: auxiliary, residuals: residuals)
  }
}
