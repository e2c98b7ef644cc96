/// Solves a triangular system with one right-hand side by substitution.
///
/// - Parameters:
///   - a: A finite n × n matrix, of which only one triangle is read.
///   - upper: Whether it is the upper triangle.
///   - transposed: Whether the system is Aᵀx = b in place of Ax = b.
///   - b: n numbers.
/// - Returns: The n numbers x.
/// - Throws: ``FactorizationError/singular(index:)`` with the first zero on the diagonal,
///   ``FactorizationError/nonFinite(row:column:)`` or
///   ``FactorizationError/nonFiniteRightHandSide(row:)``.
/// - Complexity: O(n²).
public func solveTriangular(
  _ a: Matrix, upper: Bool, transposed: Bool = false, _ b: [Double]
) throws(FactorizationError) -> [Double] {
  let x = try solveTriangular(
    a, upper: upper, transposed: transposed,
    Matrix(rowCount: b.count, columnCount: 1, columnMajor: b))
  return x.columnMajor
}

/// Solves a triangular system with several right-hand sides, the columns of an n × p matrix.
///
/// - Parameters:
///   - a: A finite n × n matrix, of which only one triangle is read.
///   - upper: Whether it is the upper triangle.
///   - transposed: Whether the system is AᵀX = B in place of AX = B.
///   - b: The n × p matrix B.
/// - Returns: The n × p matrix X.
/// - Throws: ``FactorizationError/singular(index:)`` with the first zero on the diagonal,
///   ``FactorizationError/nonFinite(row:column:)`` or
///   ``FactorizationError/nonFiniteRightHandSide(row:)``.
/// - Complexity: O(n² p).
public func solveTriangular(
  _ a: Matrix, upper: Bool, transposed: Bool = false, _ b: Matrix
) throws(FactorizationError) -> Matrix {
  precondition(a.isSquare, "A triangular system needs a square matrix")
  precondition(b.rowCount == a.rowCount, "A right-hand side has one entry for each row")
  for j in 0..<a.columnCount {
    for i in upper ? 0..<(j + 1) : j..<a.rowCount where !a[i, j].isFinite {
      throw .nonFinite(row: i, column: j)
    }
  }
  try requireFiniteRightHandSide(b)
  var x = b
  try Triangle(
    a.storage, leadingDimension: max(1, a.rowCount), order: a.rowCount, upper: upper,
    transposed: transposed
  ).solve(&x.storage, columns: b.columnCount)
  return x
}

/// Refuses right-hand sides that are not finite, naming the row.
func requireFiniteRightHandSide(_ b: Matrix) throws(FactorizationError) {
  guard let place = b.firstNonFiniteEntry else { return }
  throw .nonFiniteRightHandSide(row: place.row)
}
