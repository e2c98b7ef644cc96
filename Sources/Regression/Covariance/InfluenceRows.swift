import LinearAlgebra

/// What every sandwich is made of: the design's columns that were kept, as X = QR.
///
/// A row xᵢ moves the coefficients by (XᵀX)⁻¹xᵢ = R⁻¹qᵢ for each unit of its error. Adding up these
/// influences, in place of XᵀΩX between two inverses, loses digits by the condition of X and not by
/// its square.
struct DesignFactor {
  let rowCount: Int
  /// The columns of the design that are not aliased.
  let kept: [Int]
  let columnCount: Int
  private let q: [Double]
  private let r: Matrix

  /// Factors the columns that have a variance.
  init(_ design: Matrix, unscaledCovariance: Matrix) throws(CovarianceError) {
    let p = design.columnCount
    precondition(
      unscaledCovariance.rowCount == p && unscaledCovariance.columnCount == p,
      "the unscaled covariance has a row and a column for each column of the design")
    try self.init(design, kept: (0..<p).filter { unscaledCovariance[$0, $0] != 0 })
  }

  init(_ design: Matrix, kept: [Int]) throws(CovarianceError) {
    self.kept = kept
    rowCount = design.rowCount
    columnCount = design.columnCount
    guard rowCount > kept.count else {
      throw .tooShort(observations: rowCount, needed: kept.count + 1)
    }
    let whole = kept.count == columnCount
    do throws(FactorizationError) {
      let factor = try QRFactorization(whole ? design : design.selecting(columns: kept))
      (q, r) = (factor.q.columnMajor, factor.r)
    } catch {
      // A factorization by QR refuses nothing but numbers that are not finite.
      if case .nonFinite(let row, _) = error { throw .nonFinite(row: row) }
      throw .tooShort(observations: rowCount, needed: kept.count + 1)
    }
  }

  /// The number k of coefficients estimated.
  var rank: Int { kept.count }

  /// The leverages: the squared lengths of the rows of Q.
  var hatValues: [Double] {
    var h = [Double](repeating: 0, count: rowCount)
    for j in 0..<rank {
      let start = j * rowCount
      for i in 0..<rowCount { h[i] += q[start + i] * q[start + i] }
    }
    return h
  }

  /// The n × k influences of the rows with these weights (usually residuals), column after column.
  func influences(weights: [Double]) -> [Double] {
    var result = q
    RowInfluences.solve(&result, rows: rowCount, triangle: r, weights: weights)
    return result
  }

  /// A k × k matrix of the kept columns among all p, zeros elsewhere.
  func scattered(_ matrix: Matrix) -> Matrix {
    guard rank < columnCount else { return matrix }
    var result = Matrix(rowCount: columnCount, columnCount: columnCount)
    for (j, column) in kept.enumerated() {
      for (i, row) in kept.enumerated() { result[row, column] = matrix[i, j] }
    }
    return result
  }
}

/// ZᵀZ of rows held column after column.
func crossProduct(_ z: [Double], rows n: Int, columns k: Int) -> Matrix {
  RowInfluences.crossProduct(z, rows: n, columns: k)
}

/// The sum of products of two runs of so many numbers, in four parts that do not wait for each other.
@inline(__always)
func dot(_ z: borrowing Span<Double>, _ left: Int, _ right: Int, _ count: Int) -> Double {
  var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
  var i = 0
  while i &+ 4 <= count {
    let (a, b) = (left &+ i, right &+ i)
    s0 += z[a] * z[b]
    s1 += z[a &+ 1] * z[b &+ 1]
    s2 += z[a &+ 2] * z[b &+ 2]
    s3 += z[a &+ 3] * z[b &+ 3]
    i &+= 4
  }
  while i < count {
    s0 += z[left &+ i] * z[right &+ i]
    i &+= 1
  }
  return (s0 + s1) + (s2 + s3)
}
