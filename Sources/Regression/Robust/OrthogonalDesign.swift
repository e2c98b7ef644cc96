import LinearAlgebra

/// A design of full rank as X = QR, in whose columns Q iterations do not feel its condition.
struct OrthogonalDesign {
  let design: Matrix
  let response: [Double]
  let q: Matrix
  /// R⁻¹, by which coefficients of Q become those of X.
  let inverse: Matrix
  /// Ordinary least squares.
  let leastSquares: LeastSquaresSolution

  var rowCount: Int { design.rowCount }
  var columnCount: Int { design.columnCount }

  /// Checks the numbers and factors the design.
  init(design: Matrix, response: [Double]) throws(RegressionError) {
    guard design.columnCount > 0 else { throw .noTerms }
    self.design = design
    self.response = response
    leastSquares = try FullRank.solveRefined(design, response, needed: design.columnCount + 1)
    do throws(FactorizationError) {
      let factor = try QRFactorization(design)
      q = factor.q
      inverse = try solveTriangular(factor.r, upper: true, .identity(design.columnCount))
    } catch {
      throw RegressionError(error)
    }
  }

  /// Coefficients of Q by weighted least squares.
  func weighted(_ weights: [Double]) throws(RegressionError) -> [Double] {
    try Self.weighted(q, response, weights).coefficients
  }

  /// The residuals that coefficients of Q leave.
  func residuals(_ gamma: [Double]) -> [Double] {
    zip(response, q * gamma).map { $0 - $1 }
  }

  /// R⁻¹CR⁻ᵀ: the covariance of coefficients of X from that of coefficients of Q.
  func covariance(_ c: Matrix) -> Matrix {
    let product = inverse * (c * inverse.transposed())
    return (product + product.transposed()).scaled(by: 0.5)
  }

  /// Least squares of rows times the square roots of their weights, zeros allowed.
  static func weighted(
    _ design: Matrix, _ response: [Double], _ weights: [Double], isRefined: Bool = false
  ) throws(RegressionError) -> LeastSquaresSolution {
    let n = design.rowCount
    let roots = weights.map { $0.squareRoot() }
    var entries = design.columnMajor
    for k in entries.indices { entries[k] *= roots[k % n] }
    let matrix = Matrix(rowCount: n, columnCount: design.columnCount, columnMajor: entries)
    let target = zip(response, roots).map { $0 * $1 }
    if isRefined {
      return try FullRank.solveRefined(matrix, target, needed: design.columnCount)
    }
    return try FullRank.solve(matrix, target, needed: design.columnCount)
  }
}

extension Matrix {
  /// XᵀWX for a diagonal of weights of any sign.
  func weightedGram(_ weights: [Double]) -> Matrix {
    let n = rowCount
    var entries = columnMajor
    for k in entries.indices { entries[k] *= weights[k % n] }
    let product = transposedTimes(
      Matrix(rowCount: n, columnCount: columnCount, columnMajor: entries))
    return (product + product.transposed()).scaled(by: 0.5)
  }

  /// The inverse of a square matrix; `nil` if it is singular to rounding.
  func inverted() -> Matrix? {
    guard let factor = try? QRFactorization(self), factor.reciprocalConditionNumber > 1e-15 else {
      return nil
    }
    let target = Matrix(
      columns: (0..<rowCount).map { k in
        var unit = [Double](repeating: 0, count: rowCount)
        unit[k] = 1
        return Array(factor.applyingQTransposed(to: unit))
      })
    return try? solveTriangular(factor.r, upper: true, target)
  }
}
