import RealModule

/// The factorization A = LLᵀ of a symmetric positive-definite n × n matrix.
///
/// Golub & Van Loan, Matrix Computations, 4th ed., §4.2; LAPACK Users' Guide, `xPOTRF`.
public struct CholeskyFactorization: Sendable {
  /// The n × n lower triangular factor L, zero above its positive diagonal.
  public let lower: Matrix
  private let oneNorm: Double

  /// The order n of the matrix.
  public var order: Int { lower.rowCount }

  /// Factors a symmetric matrix, of which only the lower triangle is read.
  ///
  /// - Throws: ``FactorizationError/notPositiveDefinite(leadingMinor:)`` with the order of the first
  ///   leading minor that is not positive, or ``FactorizationError/nonFinite(row:column:)``.
  /// - Complexity: O(n³).
  public init(_ matrix: Matrix) throws(FactorizationError) {
    precondition(matrix.isSquare, "Cholesky needs a square matrix")
    let n = matrix.rowCount
    var factor = matrix
    // Zeros first: the upper triangle may hold anything, and must not be found not finite.
    for j in 1..<max(1, n) {
      for i in 0..<j { factor.storage[i + j * n] = 0 }
    }
    try factor.requireFinite()
    guard n > 0 else {
      (lower, oneNorm) = (factor, 0)
      return
    }
    oneNorm = LAPACK.lansy(n, factor.storage)
    let info = LAPACK.potrf(n, &factor.storage)
    guard info == 0 else { throw .notPositiveDefinite(leadingMinor: info) }
    // Overflow on the way makes NaN, which passes the test `pivot ≤ 0` of some kernels.
    for k in 0..<n {
      let pivot = factor.storage[k * (n + 1)]
      guard pivot > 0 && pivot.isFinite else { throw .notPositiveDefinite(leadingMinor: k + 1) }
    }
    lower = factor
  }

  /// Solves Ax = b for n numbers b.
  public func solve(_ b: [Double]) -> [Double] {
    solveUpper(solveLower(b))
  }

  /// Solves AX = B for an n × p matrix B.
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rowCount == order, "A right-hand side has one entry for each row")
    var x = b
    guard order > 0, b.columnCount > 0 else { return x }
    LAPACK.potrs(order, b.columnCount, lower.storage, &x.storage)
    return x
  }

  /// Solves Lx = b for n numbers b: it whitens what has the covariance A.
  public func solveLower(_ b: [Double]) -> [Double] { substituted(b, transposed: false) }

  /// Solves LX = B for an n × p matrix B.
  public func solveLower(_ b: Matrix) -> Matrix { substituted(b, transposed: false) }

  /// Solves Lᵀx = b for n numbers b; Lᵀ is the upper factor.
  public func solveUpper(_ b: [Double]) -> [Double] { substituted(b, transposed: true) }

  /// Solves LᵀX = B for an n × p matrix B.
  public func solveUpper(_ b: Matrix) -> Matrix { substituted(b, transposed: true) }

  private func substituted(_ b: [Double], transposed: Bool) -> [Double] {
    substituted(
      Matrix(rowCount: b.count, columnCount: 1, columnMajor: b), transposed: transposed
    ).columnMajor
  }

  private func substituted(_ b: Matrix, transposed: Bool) -> Matrix {
    precondition(b.rowCount == order, "A right-hand side has one entry for each row")
    let triangle = Triangle(
      lower.storage, leadingDimension: max(1, order), order: order, upper: false,
      transposed: transposed)
    var x = b
    do throws(FactorizationError) {
      try triangle.solve(&x.storage, columns: b.columnCount)
    } catch {
      preconditionFailure("The diagonal of a Cholesky factor is positive")
    }
    return x
  }

  /// The natural logarithm of the determinant of A; 0 for order 0.
  public var logDeterminant: Double {
    2 * lower.diagonal.reduce(0) { $0 + Double.log($1) }
  }

  /// The reciprocal of the estimated 1-norm condition number of A; 1 for order 0.
  ///
  /// Near or below 2.2e-16, solutions have no digits left. LAPACK Users' Guide, `xPOCON`.
  public var reciprocalConditionNumber: Double {
    guard order > 0 else { return 1 }
    return LAPACK.pocon(order, lower.storage, norm: oneNorm)
  }
}
