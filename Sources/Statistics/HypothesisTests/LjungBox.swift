/// The portmanteau test of Ljung and Box of the hypothesis that residuals are uncorrelated.
///
/// G. M. Ljung and G. E. P. Box, Biometrika 65 (1978).
public struct LjungBox: Hashable, Sendable {
  /// n (n + 2) Σ r²ₖ/(n − k).
  public let statistic: Double
  /// The number of lags less that of fitted parameters.
  public let degreesOfFreedom: Int
  /// The chi-squared upper tail at the statistic; NaN without degrees of freedom or variation.
  public let pValue: Double

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - residuals: More of them than lags.
  ///   - lags: The number of autocorrelations, ≥ 1.
  ///   - fittedParameters: The number of autoregressive and moving-average parameters fitted.
  public init(residuals: [Double], lags: Int, fittedParameters: Int = 0) {
    precondition(lags >= 1 && lags < residuals.count, "the test needs more residuals than lags")
    let n = Double(residuals.count)
    var sum = 0.0
    for lag in 1...lags {
      let r = autocorrelation(residuals, lag: lag)
      sum += r * r / (n - Double(lag))
    }
    statistic = n * (n + 2) * sum
    degreesOfFreedom = lags - fittedParameters
    pValue =
      degreesOfFreedom > 0 && statistic.isFinite
      ? ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(statistic) : .nan
  }
}
