/// The thin decomposition A = U S Vᵀ of an m × n matrix into orthonormal columns, singular values
/// and orthonormal rows.
///
/// By divide and conquer: Golub & Van Loan, Matrix Computations, 4th ed., §8.6; LAPACK Users' Guide,
/// `xGESDD`. The signs of a pair of singular vectors are either.
public struct SingularValueDecomposition: Sendable {
  /// The left singular vectors as columns, m × min(m, n).
  public let u: Matrix
  /// The min(m, n) singular values, not negative, descending.
  public let singularValues: [Double]
  /// The right singular vectors as rows, min(m, n) × n.
  public let vTransposed: Matrix

  /// Decomposes a matrix of any shape.
  ///
  /// - Throws: ``FactorizationError/noConvergence(info:)`` or
  ///   ``FactorizationError/nonFinite(row:column:)``.
  /// - Complexity: O(m n min(m, n)).
  public init(_ matrix: Matrix) throws(FactorizationError) {
    try matrix.requireFinite()
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    let count = min(m, n)
    var left = Matrix(rowCount: m, columnCount: count)
    var values = [Double](repeating: 0, count: count)
    var right = Matrix(rowCount: count, columnCount: n)
    if count > 0 {
      var work = matrix.storage
      let info = LAPACK.gesdd(m, n, &work, &values, &left.storage, &right.storage)
      guard info == 0 else { throw .noConvergence(info: info) }
    }
    (u, singularValues, vTransposed) = (left, values, right)
  }

  /// The number of singular values larger than the tolerance times the largest.
  ///
  /// - Parameter relativeTolerance: Not negative; by default max(m, n) · ε with ε = 2⁻⁵².
  /// - Returns: A number from 0 to min(m, n).
  public func rank(relativeTolerance: Double? = nil) -> Int {
    precondition(relativeTolerance.map { $0 >= 0 } ?? true, "A tolerance is not negative")
    guard let largest = singularValues.first, largest > 0 else { return 0 }
    let size = max(u.rowCount, vTransposed.columnCount)
    let bound = (relativeTolerance ?? Double(size) * Double.ulpOfOne) * largest
    return singularValues.prefix { $0 > bound }.count
  }

  /// The numerical rank at the default tolerance of ``rank(relativeTolerance:)``.
  public var rank: Int { rank() }

  /// The ratio of the largest to the smallest singular value: the condition number in the 2-norm.
  ///
  /// Infinite if the smallest is zero; 1 if there is none.
  public var conditionNumber: Double {
    guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }
}
