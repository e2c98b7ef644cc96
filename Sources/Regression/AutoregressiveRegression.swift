public import LinearAlgebra
import RealModule
import Statistics

/// Linear regression whose errors are a first-order autoregression, observed with gaps.
///
/// y_t = x_tβ + u_t, where u is stationary with variance γ and correlation φ^{|s − t|} between the
/// times s and t. The autocorrelation maximizes the restricted likelihood, that of the n − p error
/// contrasts (H. D. Patterson and R. Thompson, Biometrika 58, 1971), so that a short series with a
/// trend does not take its own wandering for the trend. Only φ ≥ 0 is looked at.
public enum AutoregressiveRegression {
  /// The autocorrelations among which the fit looks.
  public static let autocorrelations: ClosedRange<Double> = 0...0.98

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X.
  ///   - response: The n numbers y.
  ///   - times: The positions of the rows on the time axis, increasing.
  /// - Returns: Coefficients, autocorrelation and variance with their likelihood.
  /// - Throws: ``RegressionError``: n > p observations, finite numbers and columns that do not
  ///   depend on one another are needed.
  /// - Complexity: O(n p²) for each of some twenty values of φ.
  public static func fit(
    design: Matrix, response: [Double], times: [Int]
  ) throws(RegressionError) -> AutoregressiveFit {
    guard times.count == response.count else {
      throw .shapeMismatch(designRows: times.count, responses: response.count)
    }
    precondition(
      zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, "the times have to increase")
    let p = design.columnCount
    let independent = try FullRank.solve(design, response, needed: p + 1)
    var profile = RestrictedProfile(design: design, response: response, times: times)

    // A fit that is exact to rounding says nothing of φ.
    let scale = compensatedSumOfSquares(response)
    if independent.residualSumOfSquares <= 1e-26 * scale {
      return try AutoregressiveFit(profile, autocorrelation: 0, status: .exactFit)
    }
    let (autocorrelation, status) = maximize(&profile)
    return try AutoregressiveFit(profile, autocorrelation: autocorrelation, status: status)
  }

  /// The profile can have two peaks, so a coarse grid comes before the search.
  private static func maximize(
    _ profile: inout RestrictedProfile
  ) -> (autocorrelation: Double, status: AutoregressiveFit.Status) {
    let grid = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.88, autocorrelations.upperBound]
    var best = 0
    var values: [Double] = []
    for (k, value) in grid.enumerated() {
      values.append(profile.deviance(value))
      if values[k] < values[best] { best = k }
    }
    let bracket = grid[max(0, best - 1)]...grid[min(grid.count - 1, best + 1)]
    let found = minimize(in: bracket, tolerance: 1e-5, maximumEvaluations: 60) {
      profile.deviance($0)
    }
    if values[best] <= found.value {
      // The search approaches the ends of its bracket without reaching them.
      if best == 0 { return (0, .atLowerBound) }
      if best == grid.count - 1 { return (grid[best], .atUpperBound) }
      return (grid[best], .interior)
    }
    return (found.argument, found.status == .converged ? .interior : .evaluationLimit)
  }
}
