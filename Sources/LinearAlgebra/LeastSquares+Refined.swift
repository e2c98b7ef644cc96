extension LeastSquares {
  /// The condition number from which coefficients and residuals are refined: below it a pivoted QR
  /// loses 3 digits at most.
  static let refinedCondition = 20.0

  /// The condition number from which (XᵀX)⁻¹ is refined too, a solution for each column.
  static let refinedCovarianceCondition = 1e3

  /// Solves min ‖y − Xb‖ to the last digits, where the matrix asks for it by iterative refinement.
  ///
  /// Scaled, factored and ranked as in ``solve(design:response:relativeTolerance:)``; then, if the
  /// condition number reaches 20, coefficients and residuals are refined together with errors taken
  /// in twice the working precision, and from 10³ on the columns of (XᵀX)⁻¹ likewise. The
  /// solution is the one of the numbers given as long as the condition number is below about 10¹⁵.
  ///
  /// - Parameters:
  ///   - design: The m × n matrix X.
  ///   - correction: What its entries, rounded to doubles, have lost, such as the low parts of powers;
  ///     `nil` for none.
  ///   - response: The m numbers y.
  ///   - relativeTolerance: As in ``solve(design:response:relativeTolerance:)``; it is used after the
  ///     columns have been scaled.
  /// - Returns: As there. A design of less than full rank is not refined.
  /// - Throws: ``FactorizationError/nonFinite(row:column:)`` or
  ///   ``FactorizationError/nonFiniteRightHandSide(row:)``.
  public static func solveRefined(
    design: Matrix, correction: Matrix? = nil, response: [Double],
    relativeTolerance: Double? = nil
  ) throws(FactorizationError) -> LeastSquaresSolution {
    let first = try solveKeepingFactors(
      design: design, response: response, relativeTolerance: relativeTolerance)
    var solution = first.solution
    let isFull = solution.rank == design.columnCount && solution.rank > 0
    guard isFull, solution.conditionEstimate >= refinedCondition else { return solution }
    precondition(
      correction.map { $0.rowCount == design.rowCount && $0.columnCount == design.columnCount }
        ?? true, "A correction has the shape of its matrix")

    let scales = first.scales
    let system = AugmentedSystem(
      matrix: first.scaled, correction: correction.map { scaling($0, by: scales) },
      factorization: first.factorization)
    try refine(&solution, system, scales, response)
    if solution.refinement == .converged, solution.conditionEstimate >= refinedCovarianceCondition {
      try refineCovariance(&solution, system, scales)
    }
    return solution
  }

  private static func refine(
    _ solution: inout LeastSquaresSolution, _ system: AugmentedSystem, _ scales: [Double],
    _ response: [Double]
  ) throws(FactorizationError) {
    // By a power of two to near 1, where the splitting of products cannot overflow.
    let largest = response.reduce(0) { max($0, $1.magnitude) }
    let unit = largest > 0 ? powerOfTwo(-largest.exponent) : 1
    let zeros = [DoubleDouble](repeating: .zero, count: scales.count)
    let found = try system.solve(response.map { DoubleDouble($0 * unit) }, zeros)
    guard found.outcome == .converged else {
      solution.refinement = .failed
      return
    }
    solution.refinement = .converged
    solution.coefficients = zip(found.coefficients, scales).map { $0.high / unit * $1 }
    solution.residuals = found.residual.map { $0.high / unit }
    solution.residualSumOfSquares = compensatedSumOfSquares(solution.residuals)
  }

  /// Column j of (AᵀA)⁻¹ is the x of the augmented system with f = 0 and g = −eⱼ.
  private static func refineCovariance(
    _ solution: inout LeastSquaresSolution, _ system: AugmentedSystem, _ scales: [Double]
  ) throws(FactorizationError) {
    let n = scales.count
    let zeros = [DoubleDouble](repeating: .zero, count: system.matrix.rowCount)
    var inverse = Matrix(rowCount: n, columnCount: n)
    for j in 0..<n {
      var unit = [DoubleDouble](repeating: .zero, count: n)
      unit[j] = DoubleDouble(-1)
      let found = try system.solve(zeros, unit)
      guard found.outcome == .converged else {
        solution.refinement = .failed
        return
      }
      for i in 0..<n { inverse.storage[i + j * n] = found.coefficients[i].high }
    }
    for j in 0..<n {
      for i in 0...j {
        let value = (inverse.storage[i + j * n] + inverse.storage[j + i * n]) / 2
        let entry = value * (scales[i] * scales[j])
        inverse.storage[i + j * n] = entry
        inverse.storage[j + i * n] = entry
      }
    }
    solution.unscaledCovariance = inverse
  }

  private static func scaling(_ matrix: Matrix, by scales: [Double]) -> Matrix {
    var result = matrix
    for j in 0..<matrix.columnCount {
      for i in 0..<matrix.rowCount { result.storage[i + j * matrix.rowCount] *= scales[j] }
    }
    return result
  }

  private static func powerOfTwo(_ exponent: Double.Exponent) -> Double {
    Double(sign: .plus, exponent: max(-1000, min(1000, exponent)), significand: 1)
  }
}
