/// The factorization AP = QR of an m × n matrix, with columns exchanged so that the diagonal of R
/// falls in magnitude: it shows the numerical rank.
///
/// Golub & Van Loan, Matrix Computations, 4th ed., §5.4.2; LAPACK Users' Guide, `xGEQP3`. Ranks found
/// so are right but for contrived matrices (Kahan's); the singular values decide in doubt.
public struct PivotedQRFactorization: Sendable {
  let reflectors: Reflectors
  /// Column j of AP is column `permutation[j]` of A.
  public let permutation: [Int]

  /// Factors a matrix of any shape.
  ///
  /// - Throws: ``FactorizationError/nonFinite(row:column:)``.
  /// - Complexity: O(m n min(m, n)).
  public init(_ matrix: Matrix) throws(FactorizationError) {
    try matrix.requireFinite()
    self.init(finite: matrix)
  }

  /// Factors a matrix that is known to be finite.
  init(finite matrix: Matrix) {
    var permutation: [Int] = []
    reflectors = Reflectors(pivoting: matrix, permutation: &permutation)
    self.permutation = permutation
  }

  /// The number of rows of the matrix that was factored.
  public var rowCount: Int { reflectors.rowCount }
  /// The number of columns of the matrix that was factored.
  public var columnCount: Int { reflectors.columnCount }

  /// The min(m, n) × n upper trapezoidal factor, its diagonal not rising in magnitude.
  public var r: Matrix { reflectors.r }

  /// The m × min(m, n) factor with orthonormal columns, made anew at each call.
  public var q: Matrix { reflectors.q }

  /// Qᵀb with the whole m × m matrix Q, for m numbers b.
  public func applyingQTransposed(to b: [Double]) -> [Double] {
    var result = b
    reflectors.apply(transposed: true, columns: 1, to: &result)
    return result
  }

  /// Qb with the whole m × m matrix Q, for m numbers b.
  public func applyingQ(to b: [Double]) -> [Double] {
    var result = b
    reflectors.apply(transposed: false, columns: 1, to: &result)
    return result
  }

  /// The number of diagonal entries of R larger in magnitude than the tolerance times the first.
  ///
  /// - Parameter relativeTolerance: Not negative; by default max(m, n) · ε with ε = 2⁻⁵², the
  ///   rounding to be expected in entries known to the last bit. Data known to d digits deserve 10⁻ᵈ.
  /// - Returns: A number from 0 to min(m, n).
  public func rank(relativeTolerance: Double? = nil) -> Int {
    precondition(relativeTolerance.map { $0 >= 0 } ?? true, "A tolerance is not negative")
    guard reflectors.count > 0 else { return 0 }
    let tolerance = relativeTolerance ?? Double(max(rowCount, columnCount)) * Double.ulpOfOne
    let largest = reflectors.factors[0, 0].magnitude
    guard largest > 0 else { return 0 }
    let bound = tolerance * largest
    for k in 0..<reflectors.count where !(reflectors.factors[k, k].magnitude > bound) { return k }
    return reflectors.count
  }

  /// The columns of A, ascending, that depend on the others at the default tolerance of
  /// ``rank(relativeTolerance:)``.
  public var aliasedColumns: [Int] { aliasedColumns(rank: rank()) }

  /// The columns of A, ascending, beyond the first so many of AP.
  public func aliasedColumns(rank: Int) -> [Int] {
    precondition(rank >= 0 && rank <= columnCount, "A rank is between 0 and the number of columns")
    return rank < columnCount ? permutation[rank...].sorted() : []
  }
}
