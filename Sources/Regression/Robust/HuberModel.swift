public import LinearAlgebra
import Statistics

/// Huber's M estimator of regression.
public enum HuberModel {
  /// How the scale of the errors is estimated along with the coefficients.
  public enum Scale: Hashable, Sendable {
    /// The median of |residuals| over 0.6745, taken anew in each iteration.
    case medianAbsoluteDeviation
    /// Huber's proposal 2 with the same tuning constant.
    case proposal2
  }

  /// Fits y = Xβ + e, large errors pulling no more than errors of `tuning` standard deviations do.
  ///
  /// Iteratively reweighted least squares from ordinary least squares, carried to rounding; R's
  /// `MASS::rlm` stops at 1e-4 but has the same fixed point. Standard errors are those of its
  /// `summary` (P. J. Huber, Robust Statistics, 1981, §7.6). Outliers in the columns of X are not
  /// withstood: see ``MMModel``.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X of full rank.
  ///   - response: The n numbers y.
  ///   - tuning: Huber's k, 95 % efficient at normal errors by default.
  ///   - method: How the scale is estimated.
  ///   - maximumIterations: After how many iterations to give up.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: Coefficients, covariance, scale and weights.
  /// - Throws: ``RobustError``.
  public static func fit(
    design: Matrix, response: [Double], tuning: Double = 1.345,
    scale method: Scale = .medianAbsoluteDeviation, maximumIterations: Int = 5_000,
    termNames: [String]? = nil
  ) throws(RobustError) -> RobustFit {
    guard tuning > 0, tuning.isFinite else { throw .invalidTuning(tuning) }
    let problem = try RobustError.lifting { () throws(RegressionError) in
      try OrthogonalDesign(design: design, response: response)
    }
    let loss = HuberLoss(k: tuning)
    let found = try iterate(problem, loss, method, limit: maximumIterations)
    let solution = try RobustError.lifting { () throws(RegressionError) in
      try OrthogonalDesign.weighted(design, response, found.weights, isRefined: true)
    }
    let residuals = zip(response, design * solution.coefficients).map { $0 - $1 }
    let variance = coefficientVariance(residuals, found.scale, loss, problem.columnCount)
    return RobustFit(
      method: .huber, termNames: termNames ?? problem.design.columnNames,
      coefficients: solution.coefficients,
      covariance: problem.leastSquares.unscaledCovariance.scaled(by: variance),
      scale: found.scale, weights: residuals.map { loss.weight($0 / found.scale) },
      residuals: residuals, iterations: found.iterations, initialCoefficients: nil,
      repairedEigenvalues: 0)
  }

  private struct Iterated {
    var weights: [Double]
    var scale: Double
    var iterations: Int
  }

  private static func iterate(
    _ problem: OrthogonalDesign, _ loss: HuberLoss, _ method: Scale, limit: Int
  ) throws(RobustError) -> Iterated {
    let freedom = Double(problem.rowCount - problem.columnCount)
    let largest = problem.response.reduce(0) { max($0, abs($1)) }
    var residuals = problem.leastSquares.residuals
    var scale = medianSize(residuals)
    for iteration in 1...max(1, limit) {
      let before = (residuals, scale)
      switch method {
      case .medianAbsoluteDeviation: scale = medianSize(residuals)
      case .proposal2:
        let bound = loss.k * scale
        let sum = residuals.reduce(0) { $0 + min($1 * $1, bound * bound) }
        scale = (sum / (freedom * loss.consistency)).squareRoot()
      }
      guard scale > 1e-12 * largest else { throw .zeroScale }
      let weights = residuals.map { loss.weight($0 / scale) }
      let gamma = try RobustError.lifting { () throws(RegressionError) in
        try problem.weighted(weights)
      }
      residuals = problem.residuals(gamma)
      let change = zip(residuals, before.0).reduce(0) { max($0, abs($1.0 - $1.1)) }
      let allowance = max(1e-13 * scale, 1e-15 * largest)
      if change <= allowance && abs(scale - before.1) <= allowance {
        return Iterated(weights: weights, scale: scale, iterations: iteration)
      }
    }
    throw .noConvergence(iterations: limit)
  }

  /// The median of |r| over 0.6745, the constant of R's `rlm`.
  private static func medianSize(_ residuals: [Double]) -> Double {
    median(residuals.map { abs($0) }) / 0.6745
  }

  /// What multiplies (XᵀX)⁻¹, with Huber's correction for the number of coefficients.
  private static func coefficientVariance(
    _ residuals: [Double], _ scale: Double, _ loss: HuberLoss, _ p: Int
  ) -> Double {
    let n = Double(residuals.count)
    var sum = 0.0
    for r in residuals {
      let clipped = r * loss.weight(r / scale)
      sum += clipped * clipped
    }
    let derivatives = residuals.map { loss.derivative($0 / scale) }
    let mean = derivatives.reduce(0, +) / n
    let spread = derivatives.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let kappa = 1 + Double(p) * spread / (n * mean * mean)
    let deviation = (sum / (n - Double(p))).squareRoot() * kappa / mean
    return deviation * deviation
  }
}
