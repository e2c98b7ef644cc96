import LinearAlgebra

extension Reconciliation {
  /// Reconciled values whose bottom series stay within bounds: the nearest coherent point, nearness being W⁻¹'s.
  ///
  /// A quadratic programme with bounds, solved by coordinate descent on the bottom series, which converges because the
  /// objective is strictly convex ([WTH20] states the programme). Coherent to rounding and feasible at every step.
  ///
  /// - Parameters:
  ///   - base: Base forecasts, aggregates first.
  ///   - bounds: What is possible for each bottom series (a count: at least 0; a numerator: at most its denominator).
  /// - Returns: The values and the number of sweeps, at most 2,000, until no value moved by 1e-12 of the largest.
  /// - Throws: ``ReconciliationError/wrongCount(expected:found:)``, ``ReconciliationError/emptyBounds(series:)``,
  ///   ``ReconciliationError/singularCovariance``.
  public func reconcile(
    _ base: [Double], bounds: [ValueRange]
  ) throws(ReconciliationError) -> (values: [Double], sweeps: Int) {
    guard bounds.count == hierarchy.bottomCount else {
      throw .wrongCount(expected: hierarchy.bottomCount, found: bounds.count)
    }
    for (index, range) in bounds.enumerated() {
      if let lower = range.lower, let upper = range.upper, lower > upper {
        throw .emptyBounds(series: index)
      }
    }
    let free = try reconcile(base)
    let tops = hierarchy.aggregates.count
    var bottom = Array(free[tops...])
    if zip(bottom, bounds).allSatisfy({ $1.clamp($0) == $0 }) { return (free, 0) }
    let curvature = try bottomPrecision()
    let largest = base.reduce(1e-300) { max($0, abs($1)) }
    // The objective's gradient at the free optimum is zero, so only distances from it matter.
    let centre = bottom
    for index in bottom.indices { bottom[index] = bounds[index].clamp(bottom[index]) }
    var gradient = curvature * zip(bottom, centre).map { $0 - $1 }
    var sweeps = 0
    var furthest = Double.infinity
    while sweeps < 2_000 && furthest > 1e-12 * largest {
      furthest = 0
      for index in bottom.indices {
        let wanted = bottom[index] - gradient[index] / curvature[index, index]
        let next = bounds[index].clamp(wanted)
        let move = next - bottom[index]
        guard move != 0 else { continue }
        bottom[index] = next
        furthest = max(furthest, abs(move))
        for row in gradient.indices { gradient[row] += move * curvature[row, index] }
      }
      sweeps += 1
    }
    return (hierarchy.aggregated(bottom), sweeps)
  }

  /// SᵀW⁻¹S, by one factorisation of W.
  private func bottomPrecision() throws(ReconciliationError) -> Matrix {
    let factor: CholeskyFactorization
    do throws(FactorizationError) {
      factor = try CholeskyFactorization(covariance)
    } catch {
      throw .singularCovariance
    }
    let tops = hierarchy.aggregates.count
    var summing = Matrix(rowCount: hierarchy.seriesCount, columnCount: hierarchy.bottomCount)
    for (k, parts) in hierarchy.aggregates.enumerated() {
      for part in parts { summing[k, part] = 1 }
    }
    for index in 0..<hierarchy.bottomCount { summing[tops + index, index] = 1 }
    return factor.solveLower(summing).gramMatrix()
  }

  /// Reconciles joint paths and brings every bottom path back into its bounds, then sums up again: coherent and feasible,
  /// though where a bound holds not the nearest such set ([DFG23] §5, set negative to zero).
  ///
  /// - Parameters:
  ///   - paths: `paths[series]`, aggregates first.
  ///   - bounds: For each bottom series and path value: the same grid as the paths.
  /// - Throws: ``ReconciliationError/wrongCount(expected:found:)``.
  public func reconcile(
    paths: inout [SamplePaths], bounds: [ValueRange]
  ) throws(ReconciliationError) {
    guard bounds.count == hierarchy.bottomCount else {
      throw .wrongCount(expected: hierarchy.bottomCount, found: bounds.count)
    }
    try reconcile(paths: &paths)
    let tops = hierarchy.aggregates.count
    for (index, range) in bounds.enumerated() where range.lower != nil || range.upper != nil {
      for place in paths[tops + index].values.indices {
        paths[tops + index].values[place] = range.clamp(paths[tops + index].values[place])
      }
    }
    sumUp(&paths)
  }

  /// Reconciles a ratio by its numerators and denominators.
  ///
  /// Denominators first (at least 0), then numerators, each within 0 and its own denominator. Ratios of aggregates are the
  /// ratios of their sums.
  ///
  /// - Parameters:
  ///   - numerators: Base forecasts, aggregates first.
  ///   - denominators: Base forecasts, aggregates first.
  ///   - denominatorReconciliation: How denominators err; `nil` when they err like numerators.
  /// - Returns: Numerators, denominators and numerator ÷ denominator of all series (0 where the denominator is 0).
  /// - Throws: What reconciling either throws.
  public func reconcileRatios(
    numerators: [Double], denominators: [Double],
    denominatorReconciliation: Reconciliation? = nil
  ) throws(ReconciliationError) -> (
    numerators: [Double], denominators: [Double], ratios: [Double]
  ) {
    let nonNegative = [ValueRange](
      repeating: ValueRange(lower: 0), count: hierarchy.bottomCount)
    let below = try (denominatorReconciliation ?? self)
      .reconcile(denominators, bounds: nonNegative).values
    let tops = hierarchy.aggregates.count
    let limits = below[tops...].map { ValueRange(lower: 0, upper: $0) }
    let above = try reconcile(numerators, bounds: limits).values
    let ratios = zip(above, below).map { $1 > 0 ? $0 / $1 : 0 }
    return (above, below, ratios)
  }
}
