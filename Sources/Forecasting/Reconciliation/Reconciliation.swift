import LinearAlgebra

/// Makes forecasts of a hierarchy add up, moving those least that err least ([WAH19]).
///
/// ỹ = ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ with C = (I, −A): the projection of [WAH19] in the form that factors one matrix of the size
/// of the aggregates ([DFG23] §2.1). Aggregates are then summed up from the bottom series, so that they agree to the last bits.
public struct Reconciliation: Sendable {
  /// What adds up to what.
  public let hierarchy: Hierarchy
  /// How far each bottom series moves for each unit by which an aggregate exceeds its parts: bottom × aggregates.
  let gain: Matrix
  /// W, for bounded reconciliation.
  let covariance: Matrix

  /// Prepares a projection.
  ///
  /// - Parameters:
  ///   - hierarchy: What adds up to what.
  ///   - errors: The covariance of base forecast errors, up to a factor.
  /// - Throws: ``ReconciliationError/singularCovariance`` and what the covariance's estimate throws.
  public init(
    _ hierarchy: Hierarchy, errors: ErrorCovariance
  ) throws(ReconciliationError) {
    self.hierarchy = hierarchy
    let w = try errors.matrix(hierarchy)
    covariance = w
    let tops = hierarchy.aggregates.count
    // W Cᵀ: column k is W's column of aggregate k less those of its parts.
    var loadings = Matrix(rowCount: hierarchy.seriesCount, columnCount: tops)
    for (k, parts) in hierarchy.aggregates.enumerated() {
      for row in 0..<hierarchy.seriesCount {
        var sum = w[row, k]
        for part in parts { sum -= w[row, tops + part] }
        loadings[row, k] = sum
      }
    }
    var inner = Matrix(rowCount: tops, columnCount: tops)
    for (k, parts) in hierarchy.aggregates.enumerated() {
      for column in 0..<tops {
        var sum = loadings[k, column]
        for part in parts { sum -= loadings[tops + part, column] }
        inner[k, column] = sum
      }
    }
    guard tops > 0 else {
      gain = Matrix(rowCount: hierarchy.bottomCount, columnCount: 0)
      return
    }
    let factor: CholeskyFactorization
    do throws(FactorizationError) {
      factor = try CholeskyFactorization(inner)
    } catch {
      throw .singularCovariance
    }
    let bottom = loadings.submatrix(
      rows: tops..<hierarchy.seriesCount, columns: 0..<tops)
    gain = factor.solve(bottom.transposed()).transposed()
  }

  /// Reconciled values of all series, aggregates first.
  ///
  /// - Throws: ``ReconciliationError/wrongCount(expected:found:)``.
  public func reconcile(_ base: [Double]) throws(ReconciliationError) -> [Double] {
    guard base.count == hierarchy.seriesCount else {
      throw .wrongCount(expected: hierarchy.seriesCount, found: base.count)
    }
    return hierarchy.aggregated(bottom(base))
  }

  /// The reconciled bottom series.
  private func bottom(_ base: [Double]) -> [Double] {
    let tops = hierarchy.aggregates.count
    var bottom = Array(base[tops...])
    guard tops > 0 else { return bottom }
    let excess = hierarchy.aggregates.enumerated().map { k, parts in
      base[k] - parts.reduce(0) { $0 + base[tops + $1] }
    }
    let moves = gain * excess
    for index in bottom.indices { bottom[index] -= moves[index] }
    return bottom
  }

  /// By how much each bottom series moves.
  ///
  /// - Parameter excess: For each aggregate, its base forecast less the sum of its parts'.
  /// - Returns: What is added to each bottom series' base forecast.
  public func bottomMoves(excess: [Double]) -> [Double] {
    precondition(excess.count == hierarchy.aggregates.count, "one excess for each aggregate")
    return (gain * excess).map { -$0 }
  }

  /// Reconciles joint paths in place, path by path: `paths[series]`, aggregates first, all on one grid.
  ///
  /// Reconciling each path of a joint set gives a coherent set of paths ([PGAH23] theorem 4.5).
  ///
  /// - Throws: ``ReconciliationError/wrongCount(expected:found:)``.
  public func reconcile(paths: inout [SamplePaths]) throws(ReconciliationError) {
    guard paths.count == hierarchy.seriesCount else {
      throw .wrongCount(expected: hierarchy.seriesCount, found: paths.count)
    }
    let length = paths.first?.values.count ?? 0
    for series in paths where series.values.count != length {
      throw .wrongCount(expected: length, found: series.values.count)
    }
    let tops = hierarchy.aggregates.count
    var excess = [[Double]](repeating: [], count: tops)
    for (k, parts) in hierarchy.aggregates.enumerated() {
      excess[k] = paths[k].values
      for part in parts { Self.add(-1, paths[tops + part].values, to: &excess[k]) }
    }
    for index in 0..<hierarchy.bottomCount {
      for k in 0..<tops where gain[index, k] != 0 {
        Self.add(-gain[index, k], excess[k], to: &paths[tops + index].values)
      }
    }
    sumUp(&paths)
  }

  /// Sets aggregates to the sums of their parts.
  func sumUp(_ paths: inout [SamplePaths]) {
    let tops = hierarchy.aggregates.count
    for (k, parts) in hierarchy.aggregates.enumerated() {
      var sum = [Double](repeating: 0, count: paths[k].values.count)
      for part in parts { Self.add(1, paths[tops + part].values, to: &sum) }
      paths[k].values = sum
    }
  }

  private static func add(_ factor: Double, _ values: [Double], to sum: inout [Double]) {
    let values = values.span
    var sum = sum.mutableSpan
    for index in values.indices { sum[index] += factor * values[index] }
  }
}
