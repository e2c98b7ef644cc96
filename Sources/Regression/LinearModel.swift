public import LinearAlgebra
import RealModule

/// Ordinary, weighted and generalized least squares.
public enum LinearModel {
  /// Fits y = Xβ + e with independent errors of one variance, or of variances inverse to weights.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X, with a column of ones if there is an intercept.
  ///   - correction: What its entries lost when they were rounded to doubles; `nil` for nothing.
  ///   - response: The n numbers y.
  ///   - weights: n positive numbers, or `nil` for equal ones.
  ///   - hasIntercept: Whether R² is about the mean; by default it is if some combination of the
  ///     columns is constant. Formulas say what R says: only with an intercept of their own.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: The coefficients with what can be inferred from them, refined to the last digits
  ///   where the design is badly conditioned.
  /// - Throws: ``RegressionError``: n > p observations, finite numbers, positive weights and columns
  ///   that do not depend on one another are needed.
  public static func fit(
    design: Matrix, correction: Matrix? = nil, response: [Double], weights: [Double]? = nil,
    hasIntercept: Bool? = nil, termNames: [String]? = nil
  ) throws(RegressionError) -> LinearFit {
    let p = design.columnCount
    precondition(termNames.map { $0.count == p } ?? true, "each column of the design needs a name")
    var working = WorkingSystem(design: design, correction: correction, response: response)
    if let weights { try working.weight(weights) }
    let solution = try FullRank.solveRefined(
      working.design, correction: working.correction, working.response, needed: p + 1)
    return LinearFit(
      solution: solution, working: working, design: design, response: response,
      hasIntercept: hasIntercept
        ?? spansConstant(
          design,
          inverse: weights == nil && solution.conditionEstimate < 1e5
            ? solution.unscaledCovariance : nil),
      termNames: termNames)
  }

  /// Fits y = Xβ + e with errors whose covariance is known up to a factor.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X.
  ///   - response: The n numbers y.
  ///   - covariance: The n × n covariance of the errors, or a multiple of it.
  ///   - hasIntercept: As above.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: The coefficients with what can be inferred from them.
  /// - Throws: ``RegressionError``, a covariance that is not positive definite included.
  public static func fit(
    design: Matrix, response: [Double], covariance: Matrix, hasIntercept: Bool? = nil,
    termNames: [String]? = nil
  ) throws(RegressionError) -> LinearFit {
    let p = design.columnCount
    var working = WorkingSystem(design: design, correction: nil, response: response)
    try working.whiten(covariance)
    let solution = try FullRank.solveRefined(working.design, working.response, needed: p + 1)
    return LinearFit(
      solution: solution, working: working, design: design, response: response,
      hasIntercept: hasIntercept ?? spansConstant(design),
      termNames: termNames)
  }

  /// Whether some combination of the columns is constant, so that R² is about the mean.
  ///
  /// - Parameters:
  ///   - design: The design X.
  ///   - inverse: (XᵀX)⁻¹, which spares another factorization where the answer is plain.
  /// - Returns: Whether the residual of a constant on the columns is rounding.
  static func spansConstant(_ design: Matrix, inverse: Matrix? = nil) -> Bool {
    let n = design.rowCount
    guard n > 0 else { return false }
    for j in 0..<design.columnCount where design[0, j] != 0 {
      if (1..<n).allSatisfy({ design[$0, j] == design[0, j] }) { return true }
    }
    if let inverse, isFarFromConstant(design, inverse) { return false }
    // Seasonal dummies add up to a constant without holding one. A design that passed once passes
    // again.
    let ones = [Double](repeating: 1, count: n)
    guard let fit = try? LeastSquares.solve(design: design, response: ones) else { return false }
    return fit.residualSumOfSquares < 1e-14 * Double(n)
  }

  /// Whether the projection of a constant on the columns is shorter than it by a percent: far more
  /// than what rounding does to 1ᵀX (XᵀX)⁻¹ Xᵀ1.
  private static func isFarFromConstant(_ design: Matrix, _ inverse: Matrix) -> Bool {
    let n = design.rowCount
    let entries = design.columnMajor
    var sums = [Double](repeating: 0, count: design.columnCount)
    for j in sums.indices {
      var (even, odd) = (0.0, 0.0)
      for i in stride(from: j * n + 1, to: (j + 1) * n, by: 2) {
        even += entries[i - 1]
        odd += entries[i]
      }
      sums[j] = even + odd + (n % 2 == 1 ? entries[(j + 1) * n - 1] : 0)
    }
    var length = 0.0
    for j in sums.indices {
      for i in sums.indices { length += sums[i] * inverse[i, j] * sums[j] }
    }
    return length < 0.99 * Double(n)
  }
}

/// A design and a response after weighting or whitening: what ordinary least squares is given.
struct WorkingSystem {
  private(set) var design: Matrix
  private(set) var correction: Matrix?
  private(set) var response: [Double]
  /// The constant after the same transformation; `nil` for ones.
  private(set) var constant: [Double]?
  private(set) var weights: [Double]?
  /// −½ log |Σ| of the covariance used, which the log-likelihood adds.
  private(set) var logScale = 0.0
  private(set) var isTransformed = false

  init(design: Matrix, correction: Matrix?, response: [Double]) {
    self.design = design
    self.correction = correction
    self.response = response
  }

  /// Rows times the square roots of their weights, with what the products lose.
  mutating func weight(_ weights: [Double]) throws(RegressionError) {
    let n = design.rowCount
    guard weights.count == n, response.count == n else {
      throw .shapeMismatch(
        designRows: n, responses: weights.count == n ? response.count : weights.count)
    }
    for (row, weight) in weights.enumerated() where !(weight > 0 && weight.isFinite) {
      throw .weightNotPositive(row: row, weight: weight)
    }
    let roots = weights.map { $0.squareRoot() }
    var high = design.columnMajor
    var low = correction?.columnMajor ?? [Double](repeating: 0, count: high.count)
    for k in high.indices {
      let product = DoubleDouble(high[k], low[k]) * DoubleDouble(roots[k % n])
      high[k] = product.high
      low[k] = product.low.isFinite ? product.low : 0
    }
    design = Matrix(rowCount: n, columnCount: design.columnCount, columnMajor: high)
    correction = Matrix(rowCount: n, columnCount: design.columnCount, columnMajor: low)
    response = zip(response, roots).map { $0 * $1 }
    constant = roots
    self.weights = weights
    logScale = 0.5 * weights.reduce(0) { $0 + Double.log($1) }
    isTransformed = true
  }

  /// Rows multiplied by L⁻¹ of Σ = LLᵀ.
  mutating func whiten(_ covariance: Matrix) throws(RegressionError) {
    let n = design.rowCount
    guard covariance.isSquare, covariance.rowCount == n, response.count == n else {
      throw .shapeMismatch(
        designRows: n, responses: response.count == n ? covariance.rowCount : response.count)
    }
    for row in 0..<n where !response[row].isFinite { throw .nonFinite(row: row) }
    let factor: CholeskyFactorization
    do throws(FactorizationError) {
      factor = try CholeskyFactorization(covariance)
    } catch {
      if case .notPositiveDefinite(let order) = error {
        throw .covarianceNotPositiveDefinite(leadingMinor: order)
      }
      throw RegressionError(error)
    }
    design = factor.solveLower(design)
    response = factor.solveLower(response)
    constant = factor.solveLower([Double](repeating: 1, count: n))
    logScale = -0.5 * factor.logDeterminant
    isTransformed = true
  }
}
