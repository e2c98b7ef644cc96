import LinearAlgebra
import RealModule
import Statistics

/// The test of Kwiatkowski, Phillips, Schmidt and Shin of the hypothesis that a series is stationary.
///
/// D. Kwiatkowski et al., J. Econometrics 54 (1992); p values by linear interpolation in its table 1,
/// as in R's `tseries::kpss.test` and statsmodels.
public struct StationarityTest: Hashable, Sendable {
  /// About what the series is stationary.
  public enum Null: Hashable, Sendable {
    /// A level, R's default.
    case level
    /// A linear trend.
    case trend
  }

  /// How many autocovariances enter the long-run variance.
  public enum Lags: Hashable, Sendable {
    /// ⌊4 (n/100)^¼⌋, the default of R's `tseries::kpss.test`.
    case short
    /// ⌊12 (n/100)^¼⌋.
    case long
    /// B. Hobijn, P. H. Franses and M. Ooms, Statistica Neerlandica 58 (2004), the default of
    /// statsmodels.
    case automatic
    /// So many.
    case fixed(Int)
  }

  /// Σ Sₜ²/(n² s²) with partial sums S of the residuals and the long-run variance s².
  public let statistic: Double
  /// The upper tail, from 0.01 to 0.1: the table goes no further.
  public let pValue: Double
  /// Whether the p value is the table's end, and the true one beyond it.
  public let isBound: Bool
  /// The number of autocovariances.
  public let lags: Int

  /// Runs the test on a series in the order of time.
  ///
  /// - Throws: ``DiagnosticError``.
  public init(
    _ series: [Double], null: Null = .level, lags: Lags = .short
  ) throws(DiagnosticError) {
    for (i, value) in series.enumerated() where !value.isFinite { throw .nonFinite(row: i) }
    let n = series.count
    guard n >= 4 else { throw .tooShort(observations: n, needed: 4) }
    let centre = mean(series)
    var residuals = series.map { $0 - centre }
    // A constant series leaves the rounding of its mean.
    let size = series.reduce(0) { max($0, abs($1)) }
    if null == .trend {
      let half = Double(n - 1) / 2
      let times = (0..<n).map { Double($0) - half }
      let slope =
        compensatedSum(zip(times, residuals).map { $0 * $1 }) / compensatedSumOfSquares(times)
      for i in 0..<n { residuals[i] -= slope * times[i] }
    }
    guard residuals.contains(where: { abs($0) > 1e-14 * size }) else { throw .zeroResiduals }
    let chosen: Int
    let root = Double.pow(Double(n) / 100, 0.25)
    switch lags {
    case .short: chosen = Int(4 * root)
    case .long: chosen = Int(12 * root)
    case .automatic: chosen = min(Self.automaticLags(residuals), n - 1)
    case .fixed(let count): chosen = count
    }
    guard chosen >= 0 && chosen < n else {
      throw .lagsOutOfRange(lags: chosen, observations: n)
    }
    self.lags = chosen
    var longRun = compensatedSumOfSquares(residuals) / Double(n)
    for lag in stride(from: 1, through: chosen, by: 1) {
      let weight = 1 - Double(lag) / Double(chosen + 1)
      longRun += 2 * weight * Self.product(residuals, lag) / Double(n)
    }
    guard longRun > 0 else { throw .zeroResiduals }
    var sum = CompensatedSum()
    let partial = residuals.map { value in
      sum.add(value)
      return sum.value
    }
    statistic = compensatedSumOfSquares(partial) / (Double(n) * Double(n) * longRun)
    (pValue, isBound) = Self.interpolated(statistic, null)
  }

  private static func product(_ e: [Double], _ lag: Int) -> Double {
    (lag..<e.count).reduce(0) { $0 + e[$1] * e[$1 - lag] }
  }

  private static func automaticLags(_ e: [Double]) -> Int {
    let n = Double(e.count)
    let count = min(Int(Double.pow(n, 2.0 / 9)), e.count - 1)
    var s0 = compensatedSumOfSquares(e) / n
    var s1 = 0.0
    for lag in stride(from: 1, through: count, by: 1) {
      let covariance = 2 * product(e, lag) / n
      s0 += covariance
      s1 += Double(lag) * covariance
    }
    let ratio = s1 / s0
    guard ratio.isFinite else { return 0 }
    return Int(min(n, 1.1447 * Double.pow(ratio * ratio * n, 1.0 / 3)))
  }

  private static func interpolated(_ x: Double, _ null: Null) -> (Double, Bool) {
    let values = null == .level ? [0.347, 0.463, 0.574, 0.739] : [0.119, 0.146, 0.176, 0.216]
    let tails = [0.1, 0.05, 0.025, 0.01]
    if x < values[0] { return (tails[0], true) }
    guard let upper = values.firstIndex(where: { $0 >= x }) else { return (tails[3], true) }
    guard upper > 0 else { return (tails[0], false) }
    let share = (x - values[upper - 1]) / (values[upper] - values[upper - 1])
    return (tails[upper - 1] + share * (tails[upper] - tails[upper - 1]), false)
  }
}
