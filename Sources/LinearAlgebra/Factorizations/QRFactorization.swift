/// The factorization A = QR of an m × n matrix by Householder reflections.
///
/// Q is held as its reflectors, so applying it costs less than having it. Golub & Van Loan, Matrix
/// Computations, 4th ed., §5.2; LAPACK Users' Guide, `xGEQRF`.
public struct QRFactorization: Sendable {
  private let reflectors: Reflectors

  /// Factors a matrix of any shape.
  ///
  /// - Throws: ``FactorizationError/nonFinite(row:column:)``.
  /// - Complexity: O(m n min(m, n)).
  public init(_ matrix: Matrix) throws(FactorizationError) {
    try matrix.requireFinite()
    reflectors = Reflectors(matrix)
  }

  /// The number of rows of the matrix that was factored.
  public var rowCount: Int { reflectors.rowCount }
  /// The number of columns of the matrix that was factored.
  public var columnCount: Int { reflectors.columnCount }

  /// The min(m, n) × n upper trapezoidal factor; the signs on its diagonal are either.
  public var r: Matrix { reflectors.r }

  /// The m × min(m, n) factor with orthonormal columns, made anew at each call.
  public var q: Matrix { reflectors.q }

  /// Qᵀb with the whole m × m matrix Q, for m numbers b.
  public func applyingQTransposed(to b: [Double]) -> [Double] {
    var result = b
    reflectors.apply(transposed: true, columns: 1, to: &result)
    return result
  }

  /// QᵀB with the whole m × m matrix Q, for an m × p matrix B.
  public func applyingQTransposed(to b: Matrix) -> Matrix {
    var result = b
    reflectors.apply(transposed: true, columns: b.columnCount, to: &result.storage)
    return result
  }

  /// Qb with the whole m × m matrix Q, for m numbers b.
  public func applyingQ(to b: [Double]) -> [Double] {
    var result = b
    reflectors.apply(transposed: false, columns: 1, to: &result)
    return result
  }

  /// QB with the whole m × m matrix Q, for an m × p matrix B.
  public func applyingQ(to b: Matrix) -> Matrix {
    var result = b
    reflectors.apply(transposed: false, columns: b.columnCount, to: &result.storage)
    return result
  }

  /// The x that makes ‖Ax − b‖ least, of a matrix with at least as many rows as columns and full
  /// rank; for a square matrix the solution of Ax = b.
  ///
  /// Only an exact zero on the diagonal of R is refused: where rank is in doubt, ask
  /// ``reciprocalConditionNumber`` or go by ``LeastSquares``.
  ///
  /// - Parameter b: m numbers.
  /// - Returns: n numbers.
  /// - Throws: ``FactorizationError/singular(index:)`` or
  ///   ``FactorizationError/nonFiniteRightHandSide(row:)``.
  public func solve(_ b: [Double]) throws(FactorizationError) -> [Double] {
    precondition(rowCount >= columnCount, "QR solves for no more unknowns than equations")
    precondition(b.count == rowCount, "A right-hand side has one entry for each row")
    if let row = firstNonFinite(b) { throw .nonFiniteRightHandSide(row: row) }
    var x = applyingQTransposed(to: b)
    x.removeLast(rowCount - columnCount)
    try reflectors.solveLeading(columnCount, &x, columns: 1)
    return x
  }

  /// The reciprocal of the estimated 1-norm condition number of R, 0 if it is singular.
  ///
  /// Near or below 2.2e-16, solutions have no digits left. LAPACK Users' Guide, `xTRCON`. The matrix
  /// has at least as many rows as columns; one without columns is as well conditioned as can be, 1.
  public var reciprocalConditionNumber: Double {
    precondition(rowCount >= columnCount, "The condition of R needs no more columns than rows")
    guard columnCount > 0 else { return 1 }
    let r = reflectors.r
    return LAPACK.trcon(columnCount, r.storage, columnCount)
  }
}
