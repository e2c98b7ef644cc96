public import LinearAlgebra

/// An estimated covariance of coefficients with what was chosen on the way.
public struct SandwichEstimate: Equatable, Sendable {
  /// The p × p covariance, exactly symmetric; zeros for aliased columns.
  public let covariance: Matrix
  /// The lags summed, for Newey–West and Driscoll–Kraay.
  public let lags: Int?
  /// The numbers of groups: of each grouping, then of their intersection.
  public let clusterCounts: [Int]
  /// How many negative eigenvalues were set to zero, in a two-way clustered matrix.
  public let repairedEigenvalues: Int

  init(_ covariance: Matrix, lags: Int? = nil, clusterCounts: [Int] = [], repaired: Int = 0) {
    self.covariance = covariance
    self.lags = lags
    self.clusterCounts = clusterCounts
    repairedEigenvalues = repaired
  }

  /// The standard errors of the coefficients; NaN where a variance is negative.
  public var standardErrors: [Double] { covariance.diagonal.map { $0.squareRoot() } }
}

/// The covariance of least-squares coefficients under the assumptions of an estimator.
///
/// - Parameters:
///   - design: The n × p matrix X, more rows than coefficients.
///   - residuals: The n residuals y − Xβ.
///   - unscaledCovariance: (XᵀX)⁻¹ of the columns kept, p × p with zeros for aliased columns.
///   - estimator: What is assumed of the errors.
/// - Returns: The p × p covariance, zeros for aliased columns.
/// - Throws: ``CovarianceError``.
/// - Complexity: O(n p²) and for lags O(n p² lags).
public func sandwichCovariance(
  design: Matrix, residuals: [Double], unscaledCovariance: Matrix,
  estimator: CovarianceEstimator
) throws(CovarianceError) -> Matrix {
  try sandwichEstimate(
    design: design, residuals: residuals, unscaledCovariance: unscaledCovariance,
    estimator: estimator
  ).covariance
}

/// The covariance of least-squares coefficients with the lags, groups and repairs behind it.
///
/// - Parameters:
///   - design: The n × p matrix X, more rows than coefficients.
///   - residuals: The n residuals y − Xβ.
///   - unscaledCovariance: (XᵀX)⁻¹ of the columns kept, p × p with zeros for aliased columns.
///   - estimator: What is assumed of the errors.
///   - options: The conventions on which packages differ.
/// - Returns: The covariance and what was chosen.
/// - Throws: ``CovarianceError``.
public func sandwichEstimate(
  design: Matrix, residuals: [Double], unscaledCovariance: Matrix,
  estimator: CovarianceEstimator, options: SandwichOptions = SandwichOptions()
) throws(CovarianceError) -> SandwichEstimate {
  let n = design.rowCount
  guard residuals.count == n else {
    throw .shapeMismatch(designRows: n, residuals: residuals.count)
  }
  for i in 0..<n where !residuals[i].isFinite { throw .nonFinite(row: i) }
  if case .classical = estimator {
    let k = unscaledCovariance.diagonal.count { $0 != 0 }
    guard n > k else { throw .tooShort(observations: n, needed: k + 1) }
    let variance = compensatedSumOfSquares(residuals) / Double(n - k)
    return SandwichEstimate(unscaledCovariance.scaled(by: variance))
  }
  let factor = try DesignFactor(design, unscaledCovariance: unscaledCovariance)
  let k = factor.rank
  let freedom = Double(n) / Double(n - k)

  switch estimator {
  case .classical, .hc0, .hc1, .hc2, .hc3:
    let weights = try heteroskedasticWeights(estimator, residuals, factor)
    let z = factor.influences(weights: weights)
    let sum = crossProduct(z, rows: n, columns: k)
    return SandwichEstimate(
      factor.scattered(estimator == .hc1 ? sum.scaled(by: freedom) : sum))

  case .neweyWest(let lags):
    if options.prewhitening {
      try NeweyWest.requireIndependentScores(
        design: design, residuals: residuals, kept: factor.kept)
    }
    var rows = factor.influences(weights: residuals)
    let chosen: Int
    if let lags {
      chosen = lags
    } else {
      chosen = try NeweyWest.automaticLags(
        design: design, residuals: residuals, kept: factor.kept,
        prewhitening: options.prewhitening)
    }
    let sum = try NeweyWest.longRunSum(
      &rows, rows: n, columns: k, lags: chosen, prewhitening: options.prewhitening)
    let scale = options.smallSample == true ? freedom : 1
    return SandwichEstimate(factor.scattered(sum.scaled(by: scale)), lags: chosen)

  case .clustered(let groupings):
    let z = factor.influences(weights: residuals)
    return try clusteredEstimate(z, factor, groupings: groupings, options: options)

  case .driscollKraay(let times, let lags):
    guard times.count == n else { throw .timesLength(times: times.count, rows: n) }
    let order = Array(Set(times)).sorted()
    let position = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
    let z = factor.influences(weights: residuals)
    var sums = groupSums(
      z, rows: n, columns: k, groups: times.map { position[$0] ?? 0 }, count: order.count)
    let chosen = lags ?? Int(Double(order.count).squareRoot().squareRoot())
    let sum = try NeweyWest.longRunSum(
      &sums, rows: order.count, columns: k, lags: chosen, prewhitening: false)
    let scale = options.smallSample == true ? freedom : 1
    return SandwichEstimate(
      factor.scattered(sum.scaled(by: scale)), lags: chosen, clusterCounts: [order.count])
  }
}

/// The residuals as HC0 to HC3 weigh them.
private func heteroskedasticWeights(
  _ estimator: CovarianceEstimator, _ residuals: [Double], _ factor: DesignFactor
) throws(CovarianceError) -> [Double] {
  guard estimator == .hc2 || estimator == .hc3 else { return residuals }
  let takesRoot = estimator == .hc2
  var weights = factor.hatValues
  for i in weights.indices {
    let rest = 1 - weights[i]
    // Leverages are known to rounding: a rest of a few hundred units of it is none.
    guard rest > 1e-13 else { throw .leverageOne(row: i) }
    weights[i] = residuals[i] / (takesRoot ? rest.squareRoot() : rest)
  }
  return weights
}
