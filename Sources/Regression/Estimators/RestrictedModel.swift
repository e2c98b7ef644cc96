public import LinearAlgebra

/// Least squares under linear restrictions Rβ = r.
public enum RestrictedModel {
  /// Fits y = Xβ + e among the β with Rβ = r.
  ///
  /// By the null space of R (Golub & Van Loan, Matrix Computations, 4th ed., §6.2.3), with columns
  /// scaled by powers of two first: β = β₀ + Zγ, where γ is free.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X.
  ///   - response: The n numbers y.
  ///   - restrictions: The q × p matrix R with q ≥ 1.
  ///   - values: The q numbers r.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Throws: ``RegressionError``, restrictions that depend on one another included.
  public static func fit(
    design: Matrix, response: [Double], restrictions: Matrix, values: [Double],
    termNames: [String]? = nil
  ) throws(RegressionError) -> RestrictedFit {
    let (p, q) = (design.columnCount, restrictions.rowCount)
    precondition(restrictions.columnCount == p, "a restriction has a number for each column")
    precondition(q >= 1 && values.count == q, "each restriction has a value")
    for row in 0..<design.rowCount where !design.row(row).allSatisfy(\.isFinite) {
      throw .nonFinite(row: row)
    }
    let scales = (0..<p).map { j in
      let largest = design.column(j).reduce(0) { max($0, $1.magnitude) }
      return largest > 0 ? Double(sign: .plus, exponent: -largest.exponent, significand: 1) : 1
    }
    let scaled = scaling(design, by: scales)
    let transposed = scaling(restrictions, by: scales).transposed()
    let (qr, particular) = try solveRestrictions(transposed, values)
    let free = (q..<p).map { k in
      var unit = [Double](repeating: 0, count: p)
      unit[k] = 1
      return qr.applyingQ(to: unit)
    }
    let basis = Matrix(columns: free)
    let rest = zip(response, scaled * particular).map { $0 - $1 }
    let solution = try FullRank.solveRefined(scaled * basis, rest, needed: p - q + 1)
    let shift = basis * solution.coefficients
    let inner = basis * (solution.unscaledCovariance * basis.transposed())
    var unscaled = inner
    for i in 0..<p {
      for j in 0..<p { unscaled[i, j] = (inner[i, j] + inner[j, i]) / 2 * scales[i] * scales[j] }
    }
    let freedom = design.rowCount - p + q
    let variance = solution.residualSumOfSquares / Double(freedom)
    let coefficients = (0..<p).map { (particular[$0] + shift[$0]) * scales[$0] }
    return RestrictedFit(
      termNames: termNames ?? (0..<p).map { "x\($0)" }, coefficients: coefficients,
      coefficientCovariance: unscaled.scaled(by: variance), residuals: solution.residuals,
      residualSumOfSquares: solution.residualSumOfSquares, degreesOfFreedom: freedom,
      restrictionCount: q)
  }

  /// The factors of Rᵀ and the shortest β with Rβ = r.
  private static func solveRestrictions(
    _ transposed: Matrix, _ values: [Double]
  ) throws(RegressionError) -> (PivotedQRFactorization, [Double]) {
    let (p, q) = (transposed.rowCount, transposed.columnCount)
    do throws(FactorizationError) {
      let qr = try PivotedQRFactorization(transposed)
      if qr.rank() == q, q < p {
        let r = qr.r.submatrix(rows: 0..<q, columns: 0..<q)
        let head = try solveTriangular(
          r, upper: true, transposed: true, qr.permutation.map { values[$0] })
        return (qr, qr.applyingQ(to: head + [Double](repeating: 0, count: p - q)))
      }
      throw .singular(index: qr.rank() + 1)
    } catch {
      guard case .singular(let index) = error else { throw RegressionError(error) }
      throw .restrictionsDependent(rank: index - 1, restrictions: q)
    }
  }

  private static func scaling(_ matrix: Matrix, by scales: [Double]) -> Matrix {
    var result = matrix
    for j in 0..<matrix.columnCount {
      for i in 0..<matrix.rowCount { result[i, j] *= scales[j] }
    }
    return result
  }
}

/// What least squares under restrictions found.
public struct RestrictedFit: Sendable {
  /// The names of the p columns.
  public let termNames: [String]
  /// The p coefficients, which keep the restrictions.
  public let coefficients: [Double]
  /// Their covariance, singular in the directions of the restrictions.
  public let coefficientCovariance: Matrix
  /// The n residuals.
  public let residuals: [Double]
  /// The sum of their squares.
  public let residualSumOfSquares: Double
  /// n − p + q.
  public let degreesOfFreedom: Int
  /// q.
  public let restrictionCount: Int

  /// s, in the unit of the response.
  public var residualStandardDeviation: Double {
    (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot()
  }

  /// The F test of the restrictions against the fit without them, as a value of Wald's form.
  public func test(against free: LinearFit) -> (
    fStatistic: Double, numerator: Int, denominator: Int
  ) {
    let extra = (residualSumOfSquares - free.residualSumOfSquares) / Double(restrictionCount)
    return (max(0, extra) / free.residualVariance, restrictionCount, free.degreesOfFreedom)
  }

  /// Tests and intervals of single coefficients.
  public var inference: CoefficientInference {
    CoefficientInference(
      coefficients: coefficients, covariance: coefficientCovariance,
      degreesOfFreedom: Double(degreesOfFreedom))
  }
}
