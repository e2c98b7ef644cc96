public import LinearAlgebra

/// Regression within units, and within units and times, of a panel.
public enum FixedEffectsModel {
  /// Fits y = Xβ + a unit's effect (+ a time's effect) + e by the within transformation.
  ///
  /// The panel may be unbalanced. Degrees of freedom count the effects that were swept out.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X; an intercept would be absorbed, so leave it out.
  ///   - response: The n numbers y.
  ///   - units: The unit of each observation, a number of any value.
  ///   - times: The time of each observation for two-way effects; `nil` for effects of units only.
  ///   - covariance: What is assumed of the errors: classical, HC0, HC1, clustered or
  ///     Driscoll–Kraay. ``SandwichOptions`` count k = p: R's plm with `HC0` is `smallSample: false`.
  ///   - options: The conventions on which packages differ.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: Coefficients, covariance and the degrees of freedom left.
  /// - Throws: ``PanelError``; columns that do not vary within the effects are named.
  public static func fit(
    design: Matrix, response: [Double], units: [Int], times: [Int]? = nil,
    covariance: CovarianceEstimator = .classical, options: SandwichOptions = SandwichOptions(),
    termNames: [String]? = nil
  ) throws(PanelError) -> FixedEffectsFit {
    switch covariance {
    case .hc2, .hc3, .neweyWest: throw .unsupportedCovariance(covariance)
    default: break
    }
    try check(design, response, units, times)
    let effects = try FixedEffects(units: units, times: times)
    let freedom = design.rowCount - design.columnCount - effects.absorbedCount
    guard freedom > 0 else {
      throw .regression(
        .tooShort(observations: design.rowCount, needed: design.rowCount - freedom + 1))
    }
    let columns = (0..<design.columnCount).map { design.column($0) }
    let within = columns.map { effects.swept($0) }
    let absorbed = within.indices.filter { j in
      compensatedSumOfSquares(within[j]) <= 1e-22 * compensatedSumOfSquares(columns[j])
    }
    guard absorbed.isEmpty else { throw .absorbed(columns: absorbed) }
    let matrix = Matrix(columns: within)
    let target = effects.swept(response)
    let solution = try PanelError.lifting { () throws(RegressionError) in
      try FullRank.solveRefined(matrix, target, needed: design.columnCount + 1)
    }
    let estimate = try PanelError.covariance(
      matrix, solution, freedom, covariance, options)
    return FixedEffectsFit(
      termNames: termNames ?? design.columnNames, coefficients: solution.coefficients,
      covariance: estimate, residuals: solution.residuals,
      residualSumOfSquares: solution.residualSumOfSquares,
      withinSumOfSquares: compensatedSumOfSquares(target), unitCount: effects.unitCount,
      timeCount: times == nil ? nil : effects.timeCount, absorbedCount: effects.absorbedCount,
      withinDesign: matrix, unscaledCovariance: solution.unscaledCovariance,
      conditionEstimate: solution.conditionEstimate)
  }

  private static func check(
    _ design: Matrix, _ response: [Double], _ units: [Int], _ times: [Int]?
  ) throws(PanelError) {
    let n = design.rowCount
    guard design.columnCount > 0 else { throw .regression(.noTerms) }
    guard response.count == n else {
      throw .regression(.shapeMismatch(designRows: n, responses: response.count))
    }
    for effects in [units, times ?? units] where effects.count != n {
      throw .effectsLength(effects: effects.count, rows: n)
    }
    for row in 0..<n where !(response[row].isFinite && design.row(row).allSatisfy(\.isFinite)) {
      throw .regression(.nonFinite(row: row))
    }
    guard let times else { return }
    var seen: [[Int]: Int] = [:]
    for row in 0..<n {
      if let first = seen.updateValue(row, forKey: [units[row], times[row]]) {
        throw .repeatedObservation(first: first, second: row)
      }
    }
  }
}

extension PanelError {
  fileprivate static func covariance(
    _ design: Matrix, _ solution: LeastSquaresSolution, _ freedom: Int,
    _ estimator: CovarianceEstimator, _ options: SandwichOptions
  ) throws(PanelError) -> SandwichEstimate {
    if case .classical = estimator {
      let variance = solution.residualSumOfSquares / Double(freedom)
      return SandwichEstimate(solution.unscaledCovariance.scaled(by: variance))
    }
    do throws(CovarianceError) {
      return try sandwichEstimate(
        design: design, residuals: solution.residuals,
        unscaledCovariance: solution.unscaledCovariance, estimator: estimator, options: options)
    } catch {
      throw .covariance(error)
    }
  }
}
