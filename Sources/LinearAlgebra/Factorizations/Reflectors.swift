/// What both QR factorizations keep: R in the upper triangle, Householder vectors below, and τ.
struct Reflectors: Sendable {
  private(set) var factors: Matrix
  private(set) var tau: [Double]

  var rowCount: Int { factors.rowCount }
  var columnCount: Int { factors.columnCount }
  var count: Int { tau.count }

  /// Factors a finite matrix.
  init(_ matrix: Matrix) {
    (factors, tau) = (matrix, Self.zeros(matrix))
    guard count > 0 else { return }
    if HouseholderKernel.suits(rowCount, columnCount) {
      var none: [Int]?
      HouseholderKernel.factor(rowCount, columnCount, &factors.storage, &tau, pivots: &none)
    } else {
      LAPACK.geqrf(rowCount, columnCount, &factors.storage, &tau)
    }
  }

  /// Factors a finite matrix, exchanging columns; column j of AP is column `permutation[j]` of A.
  init(pivoting matrix: Matrix, permutation: inout [Int]) {
    (factors, tau) = (matrix, Self.zeros(matrix))
    permutation = Array(0..<matrix.columnCount)
    guard count > 0 else { return }
    if HouseholderKernel.suits(rowCount, columnCount) {
      var pivots: [Int]? = permutation
      HouseholderKernel.factor(rowCount, columnCount, &factors.storage, &tau, pivots: &pivots)
      permutation = pivots ?? permutation
    } else {
      permutation = LAPACK.geqp3(rowCount, columnCount, &factors.storage, &tau)
    }
  }

  private static func zeros(_ matrix: Matrix) -> [Double] {
    [Double](repeating: 0, count: min(matrix.rowCount, matrix.columnCount))
  }

  /// The upper trapezoid, min(m, n) × n.
  var r: Matrix {
    var result = Matrix(rowCount: count, columnCount: columnCount)
    for j in 0..<columnCount {
      for i in 0..<min(j + 1, count) { result.storage[i + j * count] = factors[i, j] }
    }
    return result
  }

  /// The thin orthogonal factor, m × min(m, n).
  var q: Matrix {
    guard count > 0, HouseholderKernel.suits(rowCount, columnCount) else {
      var result = factors.submatrix(rows: 0..<rowCount, columns: 0..<count)
      if count > 0 { LAPACK.orgqr(rowCount, count, count, &result.storage, tau) }
      return result
    }
    var result = Matrix(rowCount: rowCount, columnCount: count)
    for j in 0..<count { result.storage[j * (rowCount + 1)] = 1 }
    HouseholderKernel.applyToIdentity(rowCount, count, factors.storage, tau, &result.storage)
    return result
  }

  /// c := QᵀC or QC, with the whole m × m Q; C holds so many columns of m entries.
  func apply(transposed: Bool, columns: Int, to c: inout [Double]) {
    precondition(c.count == rowCount * columns, "Q and Qᵀ apply to one entry for each row")
    guard count > 0, columns > 0 else { return }
    let reflectors = factors.storage
    // For few columns LAPACK's blocking costs more than it saves, seven times as much at 600 × 60.
    if columns <= 4 || HouseholderKernel.suits(rowCount, count) {
      HouseholderKernel.apply(
        transposed: transposed, rowCount, columns, count, reflectors, tau, &c)
    } else {
      LAPACK.ormqr(transposed: transposed, rowCount, columns, count, reflectors, tau, &c)
    }
  }

  /// Solves R₁ x = b for the leading k × k block of R, in place.
  func solveLeading(_ k: Int, _ b: inout [Double], columns: Int) throws(FactorizationError) {
    try Triangle(
      factors.storage, leadingDimension: max(1, rowCount), order: k, upper: true, transposed: false
    ).solve(&b, columns: columns)
  }

  /// Solves R₁ᵀ x = b for the leading k × k block of R, in place.
  func solveLeadingTransposed(
    _ k: Int, _ b: inout [Double], columns: Int
  ) throws(FactorizationError) {
    try Triangle(
      factors.storage, leadingDimension: max(1, rowCount), order: k, upper: true, transposed: true
    ).solve(&b, columns: columns)
  }
}
