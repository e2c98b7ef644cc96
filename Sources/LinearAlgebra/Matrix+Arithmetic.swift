extension Matrix {
  /// The sum of two matrices of one shape.
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    var result = left
    result += right
    return result
  }

  /// The difference of two matrices of one shape.
  public static func - (left: Matrix, right: Matrix) -> Matrix {
    var result = left
    result -= right
    return result
  }

  /// Adds a matrix of the same shape.
  public static func += (left: inout Matrix, right: Matrix) {
    left.requireShape(of: right)
    for i in right.storage.indices { left.storage[i] += right.storage[i] }
  }

  /// Subtracts a matrix of the same shape.
  public static func -= (left: inout Matrix, right: Matrix) {
    left.requireShape(of: right)
    for i in right.storage.indices { left.storage[i] -= right.storage[i] }
  }

  /// The matrix with every entry multiplied by a number.
  public func scaled(by factor: Double) -> Matrix {
    var result = self
    for i in result.storage.indices { result.storage[i] *= factor }
    return result
  }

  private func requireShape(of other: Matrix) {
    precondition(
      rowCount == other.rowCount && columnCount == other.columnCount,
      "Matrices that are added or subtracted have one shape")
  }

  /// The m × n product of an m × k and a k × n matrix.
  ///
  /// - Complexity: O(m n k).
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.columnCount == right.rowCount, "The left factor has as many columns as the right rows")
    var result = Matrix(rowCount: left.rowCount, columnCount: right.columnCount)
    let (m, n, k) = (left.rowCount, right.columnCount, left.columnCount)
    guard m > 0, n > 0, k > 0 else { return result }
    BLAS.gemm(
      .asIs, .asIs, m, n, k, left.storage, max(1, m), right.storage, max(1, k), &result.storage)
    return result
  }

  /// The m entries of the product of an m × n matrix and n numbers.
  public static func * (left: Matrix, right: [Double]) -> [Double] {
    precondition(left.columnCount == right.count, "A matrix multiplies one number for each column")
    var result = [Double](repeating: 0, count: left.rowCount)
    guard left.rowCount > 0, left.columnCount > 0 else { return result }
    BLAS.gemv(.asIs, left.rowCount, left.columnCount, left.storage, right, &result)
    return result
  }

  /// AᵀB, the n × p product of the transpose of this m × n matrix and an m × p matrix.
  public func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(rowCount == other.rowCount, "Both factors of AᵀB have as many rows")
    var result = Matrix(rowCount: columnCount, columnCount: other.columnCount)
    let (m, n, k) = (columnCount, other.columnCount, rowCount)
    guard m > 0, n > 0, k > 0 else { return result }
    BLAS.gemm(.transposed, .asIs, m, n, k, storage, k, other.storage, k, &result.storage)
    return result
  }

  /// Aᵀx, n numbers for the m × n matrix A and m numbers x.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(rowCount == vector.count, "A transposed matrix multiplies one number for each row")
    var result = [Double](repeating: 0, count: columnCount)
    guard rowCount > 0, columnCount > 0 else { return result }
    BLAS.gemv(.transposed, rowCount, columnCount, storage, vector, &result)
    return result
  }

  /// AᵀA, exactly symmetric; it squares the condition number, so least squares goes by QR instead.
  public func gramMatrix() -> Matrix {
    symmetricProduct(size: columnCount, inner: rowCount, .transposed)
  }

  /// AAᵀ, exactly symmetric.
  public func outerGramMatrix() -> Matrix {
    symmetricProduct(size: rowCount, inner: columnCount, .asIs)
  }

  private func symmetricProduct(size n: Int, inner k: Int, _ operation: BLAS.Operation) -> Matrix {
    var result = Matrix(rowCount: n, columnCount: n)
    guard n > 0, k > 0 else { return result }
    BLAS.syrk(operation, n, k, storage, rowCount, &result.storage)
    for j in 0..<n {
      for i in 0..<j { result.storage[i + j * n] = result.storage[j + i * n] }
    }
    return result
  }

  /// The root of the sum of the squared entries, without overflow on the way.
  public var frobeniusNorm: Double { norm("F") }

  /// The largest sum of absolute values in a column.
  public var oneNorm: Double { norm("1") }

  /// The largest absolute value of an entry.
  public var largestMagnitude: Double { norm("M") }

  private func norm(_ kind: Unicode.Scalar) -> Double {
    guard rowCount > 0, columnCount > 0 else { return 0 }
    return LAPACK.lange(kind, rowCount, columnCount, storage)
  }
}
