public import LinearAlgebra

/// Ordinary least squares.
public enum LinearModel {
  /// Fits y = Xβ + e with independent errors of one variance.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X, with a column of ones if there is an intercept.
  ///   - response: The n numbers y.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: The coefficients with what can be inferred from them.
  /// - Throws: ``RegressionError``: n > p observations, finite numbers and columns that do not
  ///   depend on one another are needed.
  public static func fit(
    design: Matrix, response: [Double], termNames: [String]? = nil
  ) throws(RegressionError) -> LinearFit {
    let p = design.columnCount
    precondition(termNames.map { $0.count == p } ?? true, "each column of the design needs a name")
    let solution = try FullRank.solve(design, response, needed: p + 1)
    return LinearFit(
      solution: solution, response: response, hasIntercept: spansConstant(design),
      termNames: termNames ?? (0..<p).map { "x\($0)" })
  }

  /// Whether some combination of the columns is constant, so that R² is about the mean.
  private static func spansConstant(_ design: Matrix) -> Bool {
    let n = design.rowCount
    for j in 0..<design.columnCount where design[0, j] != 0 {
      if (1..<n).allSatisfy({ design[$0, j] == design[0, j] }) { return true }
    }
    // Seasonal dummies add up to a constant without holding one. A design that passed once passes
    // again.
    let ones = [Double](repeating: 1, count: n)
    guard let fit = try? LeastSquares.solve(design: design, response: ones) else { return false }
    return fit.residualSumOfSquares < 1e-14 * Double(n)
  }
}
