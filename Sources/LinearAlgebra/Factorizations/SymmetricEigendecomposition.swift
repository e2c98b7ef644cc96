/// The decomposition A = V diag(λ) Vᵀ of a symmetric n × n matrix.
///
/// By divide and conquer: Golub & Van Loan, Matrix Computations, 4th ed., §8.4; LAPACK Users' Guide,
/// `xSYEVD`. The sign of an eigenvector is either.
public struct SymmetricEigendecomposition: Sendable {
  /// The n eigenvalues, ascending.
  public let values: [Double]
  /// The orthonormal eigenvectors as columns, n × n, in the order of the values.
  public let vectors: Matrix

  /// Decomposes a symmetric matrix, of which only the lower triangle is read.
  ///
  /// - Throws: ``FactorizationError/noConvergence(info:)`` or
  ///   ``FactorizationError/nonFinite(row:column:)``.
  /// - Complexity: O(n³).
  public init(_ matrix: Matrix) throws(FactorizationError) {
    precondition(matrix.isSquare, "Eigenvalues need a square matrix")
    let n = matrix.rowCount
    var work = matrix
    for j in 1..<max(1, n) {
      for i in 0..<j { work.storage[i + j * n] = 0 }
    }
    try work.requireFinite()
    var values = [Double](repeating: 0, count: n)
    if n > 0 {
      let info = LAPACK.syevd(n, &work.storage, &values)
      guard info == 0 else { throw .noConvergence(info: info) }
    }
    (self.values, vectors) = (values, work)
  }
}
