/// Linear least squares by QR with column pivoting: the b that makes ‖y − Xb‖ least.
public enum LeastSquares {
  /// Solves min ‖y − Xb‖ and reports the rank found.
  ///
  /// Columns are first scaled by powers of two (2^±500 at most) to norms between ½ and 1: neither
  /// rank nor condition depends on their units (van der Sluis, Numer. Math. 14, 1969).
  /// Then XP = QR (Golub & Van Loan, Matrix Computations, 4th ed., §5.5; LAPACK Users' Guide,
  /// `xGEQP3`). Columns beyond the rank get the coefficient 0: a *basic* solution, the same fitted
  /// values as any other. Which of several dependent columns is kept is for the pivoting to say.
  ///
  /// - Parameters:
  ///   - design: The m × n matrix X of any shape, m < n and empty included.
  ///   - response: The m numbers y.
  ///   - relativeTolerance: The bound under which a diagonal entry of R, relative to the first,
  ///     counts as zero; by default max(m, n) · ε with ε = 2⁻⁵².
  /// - Returns: Coefficients, residuals and (XᵀX)⁻¹ in the order and the units of X and y.
  /// - Throws: ``FactorizationError/nonFinite(row:column:)`` or
  ///   ``FactorizationError/nonFiniteRightHandSide(row:)``.
  /// - Complexity: O(m n min(m, n)).
  public static func solve(
    design: Matrix, response: [Double], relativeTolerance: Double? = nil
  ) throws(FactorizationError) -> LeastSquaresSolution {
    try solveKeepingFactors(
      design: design, response: response, relativeTolerance: relativeTolerance
    ).solution
  }

  /// A solution with the scaled matrix it rests on.
  struct Factored {
    var solution: LeastSquaresSolution
    let scaled: Matrix
    let scales: [Double]
    let factorization: PivotedQRFactorization
  }

  /// Solves and keeps the factorization for refinement.
  static func solveKeepingFactors(
    design: Matrix, response: [Double], relativeTolerance: Double?
  ) throws(FactorizationError) -> Factored {
    precondition(response.count == design.rowCount, "A response has one entry for each row")
    if let row = firstNonFinite(response) { throw .nonFiniteRightHandSide(row: row) }
    try design.requireFinite()

    var scaled = design
    let scales = Columns.equilibrate(design.rowCount, design.columnCount, &scaled.storage)
    let qr = PivotedQRFactorization(finite: scaled)
    let n = design.columnCount
    let rank = qr.rank(relativeTolerance: relativeTolerance)

    var effects = response
    qr.reflectors.apply(transposed: true, columns: 1, to: &effects)
    var leading = Array(effects.prefix(rank))
    try qr.reflectors.solveLeading(rank, &leading, columns: 1)
    var coefficients = [Double](repeating: 0, count: n)
    for (k, value) in leading.enumerated() {
      let column = qr.permutation[k]
      coefficients[column] = value * scales[column]
    }

    // Q(0, …, 0, c_{r+1}, …, c_m): orthogonal to X to rounding even where b has lost its digits,
    // as y − Xb would not be.
    for k in 0..<rank { effects[k] = 0 }
    qr.reflectors.apply(transposed: false, columns: 1, to: &effects)

    let spread = try inverseOfLeading(rank, qr)
    let solution = LeastSquaresSolution(
      coefficients: coefficients, rank: rank, aliasedColumns: qr.aliasedColumns(rank: rank),
      residuals: effects, residualSumOfSquares: compensatedSumOfSquares(effects),
      unscaledCovariance: covariance(spread, qr.permutation, scales),
      conditionEstimate: condition(rank, qr, inverse: spread))
    return Factored(solution: solution, scaled: scaled, scales: scales, factorization: qr)
  }

  /// R₁⁻¹ for the leading r × r block of R.
  private static func inverseOfLeading(
    _ rank: Int, _ qr: PivotedQRFactorization
  ) throws(FactorizationError) -> Matrix {
    var inverse = Matrix(rowCount: rank, columnCount: rank)
    for i in 0..<rank { inverse.storage[i * (rank + 1)] = 1 }
    try qr.reflectors.solveLeading(rank, &inverse.storage, columns: rank)
    return inverse
  }

  /// (XᵀX)⁻¹ = P S R₁⁻¹ R₁⁻ᵀ S Pᵀ in the order and the units of X.
  private static func covariance(
    _ inverse: Matrix, _ permutation: [Int], _ scales: [Double]
  ) -> Matrix {
    let product = inverse.outerGramMatrix()
    let rank = product.rowCount
    var result = Matrix(rowCount: scales.count, columnCount: scales.count)
    for k in 0..<rank {
      let column = permutation[k]
      for l in 0..<rank {
        let row = permutation[l]
        result.storage[row + column * scales.count] =
          product.storage[l + k * rank] * (scales[row] * scales[column])
      }
    }
    return result
  }

  /// ‖R₁‖₁ ‖R₁⁻¹‖₁: the inverse is at hand, so nothing need be estimated.
  private static func condition(
    _ rank: Int, _ qr: PivotedQRFactorization, inverse: Matrix
  ) -> Double {
    guard rank > 0 else { return 1 }
    var largest = 0.0
    var largestInverse = 0.0
    for j in 0..<rank {
      var sum = 0.0
      var inverseSum = 0.0
      for i in 0...j {
        sum += qr.reflectors.factors[i, j].magnitude
        inverseSum += inverse[i, j].magnitude
      }
      largest = max(largest, sum)
      largestInverse = max(largestInverse, inverseSum)
    }
    return largest * largestInverse
  }
}
